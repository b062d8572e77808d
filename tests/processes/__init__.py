"""The bot as a process of its own, on the stand-in behind a real socket: killed, starved, and judged."""
