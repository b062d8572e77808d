"""One file for each command. A new file here is a new command; see CONTRIBUTING.md."""
