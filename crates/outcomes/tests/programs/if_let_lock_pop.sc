pushed
