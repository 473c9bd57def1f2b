a | b | main
a | main
a | main | b
b | a | main
b | main
b | main | a
main
main | a
main | a | b
main | b
main | b | a
