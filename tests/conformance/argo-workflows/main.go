// Command argo-workflows judges Argo Workflows objects as `argo lint --strict --offline` does.
//
// Judge: github.com/argoproj/argo-workflows/v3 v3.7.4, the newest release whose Go module can be fetched here: no v4 can, nor
// v3.7.8 and newer. The platform's target is v4.1; its validation has the same rules save those that README.md lists, and
// fields that only v4 has are refused as unknown. A document is decoded by common.ParseObjects, which is strict, and must
// pass the validate function of its kind under the option Lint; a request with Submit asks for what submission asks for:
// values for all arguments. References are resolved among the documents of the same group.
package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/argoproj/argo-workflows/v3/pkg/apis/workflow"
	"github.com/argoproj/argo-workflows/v3/pkg/apis/workflow/v1alpha1"
	"github.com/argoproj/argo-workflows/v3/workflow/common"
	"github.com/argoproj/argo-workflows/v3/workflow/validate"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// request is one document, with Submit as something to run rather than to lint. With Pods a Workflow is not judged: the
// containers that its variables are substituted to are the verdict's output.
type request struct {
	ID     string `json:"id"`
	YAML   string `json:"yaml"`
	Group  string `json:"group"`
	Submit bool   `json:"submit"`
	Pods   bool   `json:"pods"`
}

// kinds are those that `argo lint` knows; of a WorkflowEventBinding it checks nothing but the fields.
var kinds = map[string]bool{
	workflow.ClusterWorkflowTemplateKind: true,
	workflow.CronWorkflowKind:            true,
	workflow.WorkflowEventBindingKind:    true,
	workflow.WorkflowKind:                true,
	workflow.WorkflowTemplateKind:        true,
}

func main() {
	serve(func(requests []request) []verdict {
		known := groups{}
		for _, r := range requests {
			verdictOf(r.ID, func() error {
				// A template with a misspelt field is refused for that, not each reference to it as well.
				if object, err := decode(r.YAML, false); err == nil {
					known.add(r.Group, object)
				}
				return nil
			})
		}
		var verdicts []verdict
		for _, r := range requests {
			var output string
			v := verdictOf(r.ID, func() (err error) {
				if r.Pods {
					output, err = known.pods(r)
					return err
				}
				return known.judge(r)
			})
			v.Output = output
			verdicts = append(verdicts, v)
		}
		return verdicts
	})
}

// decode reads one document as ParseObjects does. It is nil with an error if the document is no object of a known kind.
func decode(document string, strict bool) (metav1.Object, error) {
	var kind metav1.TypeMeta
	if err := yaml.Unmarshal([]byte(document), &kind); err != nil {
		return nil, err
	}
	if kind.APIVersion != workflow.APIVersion || !kinds[kind.Kind] {
		return nil, fmt.Errorf("unknown kind `%s` of `%s`", kind.Kind, kind.APIVersion)
	}
	if strict {
		// ParseObjects passes over a document that has a key twice without a word.
		if _, err := yaml.YAMLToJSONStrict([]byte(document)); err != nil {
			return nil, err
		}
	}
	parsed := common.ParseObjects([]byte(document), strict)
	if len(parsed) != 1 {
		return nil, fmt.Errorf("ParseObjects found %d objects, not one", len(parsed))
	}
	return parsed[0].Object, parsed[0].Err
}

func (known groups) judge(r request) error {
	object, err := decode(r.YAML, true)
	if err != nil {
		return err
	}
	// The offline client has no workflow defaults either.
	var defaults *v1alpha1.Workflow
	options := validate.ValidateOpts{Lint: !r.Submit, Submit: r.Submit}
	namespaced := templates{known, r.Group, namespaceOf(object)}
	cluster := clusterTemplates{known, r.Group}
	switch o := object.(type) {
	case *v1alpha1.Workflow:
		return validate.ValidateWorkflow(namespaced, cluster, o, defaults, options)
	case *v1alpha1.WorkflowTemplate:
		return validate.ValidateWorkflowTemplate(namespaced, cluster, o, defaults, options)
	case *v1alpha1.ClusterWorkflowTemplate:
		return validate.ValidateClusterWorkflowTemplate(noTemplates{}, cluster, o, defaults, options)
	case *v1alpha1.CronWorkflow:
		return validate.ValidateCronWorkflow(context.Background(), namespaced, cluster, o, defaults)
	case *v1alpha1.WorkflowEventBinding:
		return nil
	}
	return errors.New("not an object that is linted")
}
