drop 9 true | drop 2 true | drop 3 true | drop 1 true | true | true
