package main

import (
	"fmt"

	"github.com/argoproj/argo-workflows/v3/pkg/apis/workflow/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// key names a template: namespace is empty for a ClusterWorkflowTemplate.
type key struct {
	namespace, name string
}

// groups holds the templates that references of a group are resolved to.
type groups map[string]map[key]metav1.Object

func (known groups) add(group string, object metav1.Object) {
	var k key
	switch o := object.(type) {
	case *v1alpha1.WorkflowTemplate:
		k = key{namespaceOf(o), o.Name}
	case *v1alpha1.ClusterWorkflowTemplate:
		k = key{"", o.Name}
	default:
		return
	}
	if known[group] == nil {
		known[group] = map[key]metav1.Object{}
	}
	known[group][k] = object
}

// namespaceOf is an object's namespace, or the one that `argo lint` takes for those that have none.
func namespaceOf(object metav1.Object) string {
	if namespace := object.GetNamespace(); namespace != "" {
		return namespace
	}
	return metav1.NamespaceDefault
}

// templates is the templateresolution.WorkflowTemplateNamespacedGetter of a group and a namespace.
type templates struct {
	known            groups
	group, namespace string
}

func (t templates) Get(name string) (*v1alpha1.WorkflowTemplate, error) {
	if template, ok := t.known[t.group][key{t.namespace, name}].(*v1alpha1.WorkflowTemplate); ok {
		return template.DeepCopy(), nil
	}
	return nil, fmt.Errorf("couldn't find workflow template %q in namespace %q", name, t.namespace)
}

// clusterTemplates is the templateresolution.ClusterWorkflowTemplateGetter of a group.
type clusterTemplates struct {
	known groups
	group string
}

func (t clusterTemplates) Get(name string) (*v1alpha1.ClusterWorkflowTemplate, error) {
	if template, ok := t.known[t.group][key{"", name}].(*v1alpha1.ClusterWorkflowTemplate); ok {
		return template.DeepCopy(), nil
	}
	return nil, fmt.Errorf("couldn't find cluster workflow template %q", name)
}

// noTemplates stands where upstream passes nil and would panic: from a ClusterWorkflowTemplate no WorkflowTemplate is seen.
type noTemplates struct{}

func (noTemplates) Get(name string) (*v1alpha1.WorkflowTemplate, error) {
	return nil, fmt.Errorf("a ClusterWorkflowTemplate cannot refer to WorkflowTemplate `%s`", name)
}
