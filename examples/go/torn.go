// An interface value is two words, and a race tears it: the method of one type is called on
// the data of another. Package unsafe isn't imported.
//
// Usually torn within the first second: go run torn.go [ROUNDS]
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
)

// ANCHOR: types
type poker interface{ poke() }

// pointer writes where it points to.
type pointer struct{ to *int64 }

func (p *pointer) poke() { *p.to = 42 }

// number is a number, and does nothing with it.
type number struct{ n uint64 }

func (n *number) poke() {}

// ANCHOR_END: types

var harmless int64

// private is pointed to by nothing in this program.
var private int64 = 7

var shared poker

func main() {
	rounds := int64(2_000_000_000)
	if len(os.Args) > 1 {
		rounds, _ = strconv.ParseInt(os.Args[1], 10, 64)
	}
	// ANCHOR: race
	// Where private lies, as a plain number: printed, and read back.
	digits := strings.TrimPrefix(fmt.Sprintf("%p", &private), "0x")
	address, _ := strconv.ParseUint(digits, 16, 64)

	a, b := &pointer{&harmless}, &number{address}
	shared = a
	go func() {
		for turn, both := 0, [2]poker{a, b}; ; turn++ {
			shared = both[turn%2]
		}
	}()
	for round := int64(0); private == 7 && round < rounds; round++ {
		shared.poke()
	}
	// ANCHOR_END: race
	fmt.Printf("%s, %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	fmt.Printf("private is %d\n", private)
}
