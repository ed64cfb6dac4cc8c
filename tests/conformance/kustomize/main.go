// Command kustomize renders kustomizations with the code that `kubectl apply -k` and Argo CD run.
//
// Judge: sigs.k8s.io/kustomize/api v0.21.1, krusty.Kustomizer.Run with krusty.MakeDefaultOptions: files only from
// below each kustomization (LoadRestrictionsRootOnly), no plugins, resources in the order of the kustomization.
package main

import (
	"fmt"
	"path/filepath"
	"sync"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// request names one kustomization: a folder below the root of a repository.
type request struct {
	ID   string `json:"id"`
	Root string `json:"root"`
	Dir  string `json:"dir"`
}

// workers is how many kustomizations are rendered at a time.
const workers = 2

func main() {
	serve(judge)
}

func judge(requests []request) []verdict {
	verdicts := make([]verdict, len(requests))
	indices := make(chan int)
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for i := range indices {
				verdicts[i] = render(requests[i])
			}
		})
	}
	for i := range requests {
		indices <- i
	}
	close(indices)
	running.Wait()
	return verdicts
}

func render(r request) verdict {
	var output []byte
	v := verdictOf(r.ID, func() error {
		if !filepath.IsAbs(r.Root) {
			return fmt.Errorf("root `%s` is not an absolute path", r.Root)
		}
		if !filepath.IsLocal(r.Dir) {
			return fmt.Errorf("dir `%s` does not lie below the root", r.Dir)
		}
		resources, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).
			Run(filesys.MakeFsOnDisk(), filepath.Join(r.Root, r.Dir))
		if err != nil {
			return err
		}
		output, err = resources.AsYaml()
		return err
	})
	v.Output = string(output)
	return v
}
