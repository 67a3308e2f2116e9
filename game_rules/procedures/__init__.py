"""One module per procedure of the meeting: its commands, events, predicates, decisions and folds."""
