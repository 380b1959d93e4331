// Command small is what the corpus builds and vets.
package main

import "small/tree"

func main() {
	root := &tree.Node{}
	for i := range 1000 {
		root.Insert(i * 7919 % 1000)
	}
	println(stamp, root.Depth())
}
