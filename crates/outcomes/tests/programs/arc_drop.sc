main | t 1 | the last is gone 1
t 1 | main | the last is gone 1
t 1 | the last is gone 1 | main
