"""Scripts that show the bot at work. `docs/tours` leads here; `docs/dialogues.md` is made from them."""
