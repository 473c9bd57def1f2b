Some(1) Some(2)
Some(2) Some(1)
