// Command yaml judges YAML as Kubernetes reads it.
//
// Judge: sigs.k8s.io/yaml v1.6.0, which every API server, kubectl and the projects of the other judges read manifests with.
// The output of a verdict is the document as JSON.
package main

import "sigs.k8s.io/yaml"

// request is one document.
type request struct {
	ID    string `json:"id"`
	YAML  string `json:"yaml"`
	Group string `json:"group"`
}

func main() {
	serve(func(requests []request) []verdict {
		var verdicts []verdict
		for _, r := range requests {
			var output []byte
			v := verdictOf(r.ID, func() (err error) {
				output, err = yaml.YAMLToJSONStrict([]byte(r.YAML))
				return err
			})
			if v.OK {
				v.Output = string(output)
			}
			verdicts = append(verdicts, v)
		}
		return verdicts
	})
}
