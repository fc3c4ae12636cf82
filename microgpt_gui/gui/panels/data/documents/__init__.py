"""The documents of the run, one a row: searched, and when each is learnt."""
