// Command argo-cd judges Argo CD objects as its API server and application controller do.
//
// Judge: github.com/argoproj/argo-cd/v3 v3.5.1. A document is decoded by sigs.k8s.io/yaml.UnmarshalStrict into the type of
// its kind. An AppProject must pass AppProject.ValidateProject. An Application must pass util/argo.ValidatePermissions (which
// asks IsSourcePermitted and IsDestinationPermitted) for the AppProject of its group that it names. An ApplicationSet is
// decoded, with the generators nested in its matrix and merge generators. A permit line asks
// AppProject.IsGroupKindNamePermitted and, for a namespaced object, IsDestinationPermitted.
package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/argo"
	"github.com/argoproj/argo-cd/v3/util/db"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"
)

// request is one document, or with Permit the question whether a project permits an object.
type request struct {
	ID    string `json:"id"`
	Group string `json:"group"`

	YAML string `json:"yaml"`

	Permit     bool             `json:"permit"`
	Project    string           `json:"project"`
	GroupKind  schema.GroupKind `json:"groupKind"`
	Name       string           `json:"name"`
	Namespaced bool             `json:"namespaced"`
	Namespace  string           `json:"namespace"`
	Server     string           `json:"server"`
}

// projectKey names an AppProject. Argo CD has one namespace of projects, so namespaces make no difference.
type projectKey struct {
	group, name string
}

type projects map[projectKey]*v1alpha1.AppProject

func main() {
	serve(func(requests []request) []verdict {
		known := projects{}
		for _, r := range requests {
			verdictOf(r.ID, func() error {
				if object, err := decode(r.YAML); err == nil {
					if project, ok := object.(*v1alpha1.AppProject); ok {
						known[projectKey{r.Group, project.Name}] = project
					}
				}
				return nil
			})
		}
		var verdicts []verdict
		for _, r := range requests {
			verdicts = append(verdicts, verdictOf(r.ID, func() error {
				if r.Permit {
					return known.permit(r)
				}
				return known.judge(r)
			}))
		}
		return verdicts
	})
}

// decode reads a document strictly into the type of its kind.
func decode(document string) (any, error) {
	var kind metav1.TypeMeta
	if err := yaml.Unmarshal([]byte(document), &kind); err != nil {
		return nil, err
	}
	var object any
	switch kind {
	case typeMeta("Application"):
		object = &v1alpha1.Application{}
	case typeMeta("ApplicationSet"):
		object = &v1alpha1.ApplicationSet{}
	case typeMeta("AppProject"):
		object = &v1alpha1.AppProject{}
	default:
		return nil, fmt.Errorf("unknown kind `%s` of `%s`", kind.Kind, kind.APIVersion)
	}
	return object, yaml.UnmarshalStrict([]byte(document), object)
}

func typeMeta(kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: v1alpha1.SchemeGroupVersion.String(), Kind: kind}
}

func (known projects) judge(r request) error {
	object, err := decode(r.YAML)
	if err != nil {
		return err
	}
	switch o := object.(type) {
	case *v1alpha1.Application:
		project, err := known.project(r.Group, o.Spec.GetProject())
		if err != nil {
			return err
		}
		conditions, err := argo.ValidatePermissions(context.Background(), &o.Spec, project, clusters{})
		for _, condition := range conditions {
			err = errors.Join(err, errors.New(condition.Message))
		}
		return err
	case *v1alpha1.ApplicationSet:
		return decodeNestedGenerators(o.Spec.Generators)
	case *v1alpha1.AppProject:
		return o.ValidateProject()
	}
	return nil
}

func (known projects) project(group, name string) (*v1alpha1.AppProject, error) {
	project, found := known[projectKey{group, name}]
	if !found {
		return nil, fmt.Errorf("AppProject `%s` is not among the documents", name)
	}
	return project, nil
}

func (known projects) permit(r request) error {
	project, err := known.project(r.Group, r.Project)
	if err != nil {
		return err
	}
	if !project.IsGroupKindNamePermitted(r.GroupKind, r.Name, r.Namespaced) {
		return fmt.Errorf("AppProject `%s` does not permit `%s`", r.Project, r.GroupKind)
	}
	if !r.Namespaced {
		return nil
	}
	destination := v1alpha1.ApplicationDestination{Server: r.Server}
	cluster, err := argo.GetDestinationCluster(context.Background(), destination, clusters{})
	if err != nil {
		return err
	}
	permitted, err := project.IsDestinationPermitted(cluster, r.Namespace, noScopedClusters)
	if err == nil && !permitted {
		err = fmt.Errorf("AppProject `%s` does not permit namespace `%s` of `%s`", r.Project, r.Namespace, r.Server)
	}
	return err
}

// decodeNestedGenerators decodes what the types keep as raw JSON, as the ApplicationSet controller does.
func decodeNestedGenerators(generators []v1alpha1.ApplicationSetGenerator) error {
	for _, generator := range generators {
		var nested []v1alpha1.ApplicationSetNestedGenerator
		if generator.Matrix != nil {
			nested = append(nested, generator.Matrix.Generators...)
		}
		if generator.Merge != nil {
			nested = append(nested, generator.Merge.Generators...)
		}
		for _, n := range nested {
			if _, err := v1alpha1.ToNestedMatrixGenerator(n.Matrix); err != nil {
				return err
			}
			if _, err := v1alpha1.ToNestedMergeGenerator(n.Merge); err != nil {
				return err
			}
		}
	}
	return nil
}

func noScopedClusters(string) ([]*v1alpha1.Cluster, error) {
	return nil, nil
}

// clusters stands for Argo CD's store of clusters: any server or name is a registered cluster. Which name belongs to which
// server is known of Argo CD's own cluster only, so a destination and a project's list must both use the one or the other.
type clusters struct {
	db.ArgoDB
}

func (clusters) GetCluster(_ context.Context, server string) (*v1alpha1.Cluster, error) {
	if server == v1alpha1.KubernetesInternalAPIServerAddr || server == v1alpha1.KubernetesInClusterName {
		return &v1alpha1.Cluster{
			Server: v1alpha1.KubernetesInternalAPIServerAddr, Name: v1alpha1.KubernetesInClusterName,
		}, nil
	}
	return &v1alpha1.Cluster{Server: server, Name: server}, nil
}

func (clusters) GetClusterServersByName(_ context.Context, name string) ([]string, error) {
	return []string{name}, nil
}

func (clusters) GetProjectClusters(_ context.Context, project string) ([]*v1alpha1.Cluster, error) {
	return noScopedClusters(project)
}
