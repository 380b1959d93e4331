// Command true exits at once with code 0: what fork-exec-true starts.
package main

func main() {}
