// Package tree is a binary search tree.
package tree

// Node is a tree.
type Node struct {
	value       int
	left, right *Node
}

// Insert adds a value.
func (n *Node) Insert(value int) {
	child := &n.right
	if value < n.value {
		child = &n.left
	}
	if *child == nil {
		*child = &Node{value: value}
		return
	}
	(*child).Insert(value)
}

// Depth is the length of the longest path.
func (n *Node) Depth() int {
	if n == nil {
		return 0
	}
	return 1 + max(n.left.Depth(), n.right.Depth())
}
