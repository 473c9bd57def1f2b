race: 21:29 with 22:46
race: 21:29 with 22:57
