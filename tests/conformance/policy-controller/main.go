// Command policy-controller judges Sigstore's ClusterImagePolicies as the admission webhook of policy-controller does.
//
// Judge: github.com/sigstore/policy-controller v0.13.1. A document is decoded by sigs.k8s.io/yaml.UnmarshalStrict into the type
// of its kind, then SetDefaults and Validate run in the context of a create request.
package main

import (
	"context"
	"fmt"

	"github.com/sigstore/policy-controller/pkg/apis/policy/v1alpha1"
	"github.com/sigstore/policy-controller/pkg/apis/policy/v1beta1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"knative.dev/pkg/apis"
	"sigs.k8s.io/yaml"
)

// request is one document.
type request struct {
	ID    string `json:"id"`
	YAML  string `json:"yaml"`
	Group string `json:"group"`
}

type resource interface {
	apis.Defaultable
	apis.Validatable
}

// kinds are those that the webhook serves, from `typesCIP` in its cmd/webhook/main.go.
var kinds = map[metav1.TypeMeta]func() resource{
	typeMeta("v1alpha1", "ClusterImagePolicy"): func() resource { return &v1alpha1.ClusterImagePolicy{} },
	typeMeta("v1alpha1", "TrustRoot"):          func() resource { return &v1alpha1.TrustRoot{} },
	typeMeta("v1beta1", "ClusterImagePolicy"):  func() resource { return &v1beta1.ClusterImagePolicy{} },
}

func typeMeta(version, kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: "policy.sigstore.dev/" + version, Kind: kind}
}

func main() {
	serve(func(requests []request) []verdict {
		var verdicts []verdict
		for _, r := range requests {
			verdicts = append(verdicts, verdictOf(r.ID, func() error { return judge(r) }))
		}
		return verdicts
	})
}

func judge(r request) error {
	var kind metav1.TypeMeta
	if err := yaml.Unmarshal([]byte(r.YAML), &kind); err != nil {
		return err
	}
	create, known := kinds[kind]
	if !known {
		return fmt.Errorf("unknown kind `%s` of `%s`", kind.Kind, kind.APIVersion)
	}
	object := create()
	if err := yaml.UnmarshalStrict([]byte(r.YAML), object); err != nil {
		return err
	}
	ctx := apis.WithinCreate(context.Background())
	object.SetDefaults(ctx)
	if errs := object.Validate(ctx).Filter(apis.ErrorLevel); errs != nil {
		return errs
	}
	return nil
}
