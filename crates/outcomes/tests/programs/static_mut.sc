race: 4:39 with 5:14
