1 leader
