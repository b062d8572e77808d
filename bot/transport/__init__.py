"""Everything between signal-cli's socket and the handlers.

`endpoints` and `lines` move bytes, `rpc` makes calls of them, `link` keeps a connection up, `intake` hands lines
to the inbox, `signal_cli` is the client that joins these; `calls`, `outcomes` and `accounts` give its answers
types; `envelopes` reads what comes in; `signalbot_seam` feeds signalbot from the inbox.
"""
