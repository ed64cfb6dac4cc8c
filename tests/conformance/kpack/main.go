// Command kpack judges kpack objects as the admission webhook of kpack does.
//
// Judge: github.com/pivotal/kpack v0.17.2. A document is decoded by sigs.k8s.io/yaml.UnmarshalStrict into the type of its
// kind, then SetDefaults (of the kinds that have defaults) and Validate run in the context of a create request, on a
// cluster that has a default StorageClass which can expand volumes.
package main

import (
	"context"
	"fmt"

	"github.com/pivotal/kpack/pkg/apis/build/v1alpha1"
	"github.com/pivotal/kpack/pkg/apis/build/v1alpha2"
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

// kinds are those of v1alpha2 that the webhook serves, from `types` in its cmd/webhook/main.go, and their predecessors
// of v1alpha1.
var kinds = map[metav1.TypeMeta]func() apis.Validatable{
	typeMeta("v1alpha1", "Build"):          func() apis.Validatable { return &v1alpha1.Build{} },
	typeMeta("v1alpha1", "Builder"):        func() apis.Validatable { return &v1alpha1.Builder{} },
	typeMeta("v1alpha1", "ClusterBuilder"): func() apis.Validatable { return &v1alpha1.ClusterBuilder{} },
	typeMeta("v1alpha1", "ClusterStack"):   func() apis.Validatable { return &v1alpha1.ClusterStack{} },
	typeMeta("v1alpha1", "ClusterStore"):   func() apis.Validatable { return &v1alpha1.ClusterStore{} },
	typeMeta("v1alpha1", "Image"):          func() apis.Validatable { return &v1alpha1.Image{} },

	typeMeta("v1alpha2", "Build"):            func() apis.Validatable { return &v1alpha2.Build{} },
	typeMeta("v1alpha2", "Builder"):          func() apis.Validatable { return &v1alpha2.Builder{} },
	typeMeta("v1alpha2", "Buildpack"):        func() apis.Validatable { return &v1alpha2.Buildpack{} },
	typeMeta("v1alpha2", "ClusterBuilder"):   func() apis.Validatable { return &v1alpha2.ClusterBuilder{} },
	typeMeta("v1alpha2", "ClusterBuildpack"): func() apis.Validatable { return &v1alpha2.ClusterBuildpack{} },
	typeMeta("v1alpha2", "ClusterLifecycle"): func() apis.Validatable { return &v1alpha2.ClusterLifecycle{} },
	typeMeta("v1alpha2", "ClusterStack"):     func() apis.Validatable { return &v1alpha2.ClusterStack{} },
	typeMeta("v1alpha2", "ClusterStore"):     func() apis.Validatable { return &v1alpha2.ClusterStore{} },
	typeMeta("v1alpha2", "Image"):            func() apis.Validatable { return &v1alpha2.Image{} },
}

func typeMeta(version, kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: "kpack.io/" + version, Kind: kind}
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
	ctx := apis.WithinCreate(context.Background())
	for _, key := range []any{
		v1alpha1.HasDefaultStorageClass, v1alpha2.HasDefaultStorageClass, v1alpha2.IsExpandable,
	} {
		ctx = context.WithValue(ctx, key, true)
	}
	object := create()
	if err := yaml.UnmarshalStrict([]byte(r.YAML), object); err != nil {
		return err
	}
	if defaultable, ok := object.(apis.Defaultable); ok {
		defaultable.SetDefaults(ctx)
	}
	if errs := object.Validate(ctx).Filter(apis.ErrorLevel); errs != nil {
		return errs
	}
	return nil
}
