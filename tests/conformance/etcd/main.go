// Command etcd is upstream's etcd, go.etcd.io/etcd/server v3.6.8, whose own main is not in a released module. It ends when
// standard input does, so that it never outlives who started it.
package main

import (
	"io"
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() {
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	etcdmain.Main(os.Args)
}
