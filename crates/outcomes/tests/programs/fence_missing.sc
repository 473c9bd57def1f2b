race: 18:22 with 25:37
