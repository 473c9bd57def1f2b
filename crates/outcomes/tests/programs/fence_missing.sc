race: 19:22 with 26:37
