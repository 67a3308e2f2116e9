"""The rules of the game: pure functions over data. No clock, network, disk, chance or server in here."""
