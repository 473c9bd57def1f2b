pass b | inner | drop c | drop d | 1 | drop f | g1 | drop g1 | 0 h | drop h | 1 i | drop i | some j | drop j | b e g2 | drop g2 | drop e | drop b | drop a
