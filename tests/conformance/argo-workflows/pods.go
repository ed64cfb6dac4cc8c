package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/argoproj/argo-workflows/v3/pkg/apis/workflow/v1alpha1"
	"github.com/argoproj/argo-workflows/v3/util/template"
	"github.com/argoproj/argo-workflows/v3/workflow/common"
	"github.com/argoproj/argo-workflows/v3/workflow/templateresolution"
	"github.com/argoproj/argo-workflows/v3/workflow/util"
	corev1 "k8s.io/api/core/v1"
)

// deepest is how far templates may call each other.
const deepest = 20

// pod is the containers of one pod of a workflow.
type pod struct {
	// Node is the way from the entrypoint to the template, by tasks.
	Node       string             `json:"node"`
	Containers []corev1.Container `json:"containers"`
}

// pods substitutes a workflow's variables as the controller does until a pod is created, for every template that its entrypoint
// and its exit handler call, whatever their `when` says. The passes, in the controller's order (workflow/controller):
// setStoredWfSpec joins the specs; setGlobalParameters and substituteGlobalVariables (operator.go); executeTemplate's ProcessArgs;
// resolveDependencyReferences (dag.go) for a task; substitutePodParams (workflowpod.go). Outputs of tasks are unresolved.
func (known groups) pods(r request) (string, error) {
	object, err := decode(r.YAML, true)
	if err != nil {
		return "", err
	}
	workflow, ok := object.(*v1alpha1.Workflow)
	if !ok {
		return "", errors.New("only a Workflow has pods")
	}
	namespaced, cluster := templates{known, r.Group, namespaceOf(workflow)}, clusterTemplates{known, r.Group}
	spec := workflow.Spec.DeepCopy()
	if reference := workflow.Spec.WorkflowTemplateRef; reference != nil {
		var referred *v1alpha1.WorkflowSpec
		if reference.ClusterScope {
			holder, err := cluster.Get(reference.Name)
			if err != nil {
				return "", err
			}
			referred = holder.GetWorkflowSpec()
		} else {
			holder, err := namespaced.Get(reference.Name)
			if err != nil {
				return "", err
			}
			referred = holder.GetWorkflowSpec()
		}
		joined, err := util.JoinWorkflowSpec(&workflow.Spec, referred, &v1alpha1.WorkflowSpec{})
		if err != nil {
			return "", err
		}
		spec = &joined.Spec
	}
	run := &run{globals: common.Parameters{
		common.GlobalVarWorkflowName:               workflow.Name,
		common.GlobalVarWorkflowNamespace:          workflow.Namespace,
		common.GlobalVarWorkflowMainEntrypoint:     spec.Entrypoint,
		common.GlobalVarWorkflowServiceAccountName: spec.ServiceAccountName,
		common.GlobalVarWorkflowUID:                uidOf(workflow),
		common.GlobalVarWorkflowStatus:             "Succeeded",
		common.GlobalVarWorkflowFailures:           "[]",
	}}
	if err := run.substituteGlobals(workflow, spec); err != nil {
		return "", err
	}
	run.context = templateresolution.NewContext(namespaced, cluster, &v1alpha1.Workflow{ObjectMeta: workflow.ObjectMeta, Spec: *spec}, nil)
	for _, entry := range []string{spec.Entrypoint, spec.OnExit} {
		if entry == "" {
			continue
		}
		if err := run.template(run.context, entry, &v1alpha1.WorkflowStep{Template: entry}, spec.Arguments, 0); err != nil {
			return "", fmt.Errorf("`%s`: %w", entry, err)
		}
	}
	output, err := json.Marshal(run.pods)
	return string(output), err
}

// uidOf is the UID of a workflow, or one that stands for that of a workflow that no server has seen.
func uidOf(workflow *v1alpha1.Workflow) string {
	if workflow.UID != "" {
		return string(workflow.UID)
	}
	return "00000000-0000-0000-0000-000000000000"
}

type run struct {
	globals common.Parameters
	context *templateresolution.Context
	pods    []pod
}

// substituteGlobals sets the workflow's variables and replaces them in all of its spec but the templates.
func (run *run) substituteGlobals(workflow *v1alpha1.Workflow, spec *v1alpha1.WorkflowSpec) error {
	parameters, err := json.Marshal(spec.Arguments.Parameters)
	if err != nil {
		return err
	}
	run.globals[common.GlobalVarWorkflowParameters] = string(parameters)
	run.globals[common.GlobalVarWorkflowParametersJSON] = string(parameters)
	for _, parameter := range spec.Arguments.Parameters {
		if parameter.Value == nil {
			return fmt.Errorf("argument `%s` has no value", parameter.Name)
		}
		run.globals["workflow.parameters."+parameter.Name] = parameter.Value.String()
	}
	for kind, pairs := range map[string]map[string]string{"annotations": workflow.Annotations, "labels": workflow.Labels} {
		for name, value := range pairs {
			run.globals["workflow."+kind+"."+name] = value
		}
	}
	own := spec.Templates
	spec.Templates = nil
	if err := replaced(spec, run.globals); err != nil {
		return err
	}
	spec.Templates = own
	return nil
}

// template goes into the template of holder: a pod, or tasks that call others.
func (run *run) template(context *templateresolution.Context, node string, holder v1alpha1.TemplateReferenceHolder, arguments v1alpha1.Arguments, depth int) error {
	if depth > deepest {
		return errors.New("templates call each other without end")
	}
	inner, resolved, _, err := context.ResolveTemplate(holder)
	if err != nil {
		return err
	}
	locals := common.Parameters{"node.name": node}
	if resolved.IsPodType() {
		locals[common.LocalVarPodName] = "pod"
	}
	withSampleArtifacts(resolved)
	processed, err := common.ProcessArgs(resolved, &arguments, run.globals, locals, true, "", nil)
	if err != nil {
		return err
	}
	switch {
	case processed.Container != nil:
		return run.pod(node, processed)
	case processed.DAG != nil:
		for i := range processed.DAG.Tasks {
			task := &processed.DAG.Tasks[i]
			if err := replaced(task, run.globals); err != nil {
				return err
			}
			if err := run.template(inner, node+"."+task.Name, task, task.Arguments, depth+1); err != nil {
				return fmt.Errorf("`%s`: %w", task.Name, err)
			}
		}
	case processed.Steps != nil:
		for _, group := range processed.Steps {
			for i := range group.Steps {
				step := &group.Steps[i]
				if err := replaced(step, run.globals); err != nil {
					return err
				}
				if err := run.template(inner, node+"."+step.Name, step, step.Arguments, depth+1); err != nil {
					return fmt.Errorf("`%s`: %w", step.Name, err)
				}
			}
		}
	default:
		return fmt.Errorf("template `%s` is of a type that is not followed", processed.Name)
	}
	return nil
}

// pod adds the containers of a template, after the last pass over the whole pod.
func (run *run) pod(node string, processed *v1alpha1.Template) error {
	object := corev1.Pod{}
	for _, container := range processed.InitContainers {
		object.Spec.Containers = append(object.Spec.Containers, container.Container)
	}
	for _, container := range processed.Sidecars {
		object.Spec.Containers = append(object.Spec.Containers, container.Container)
	}
	object.Spec.Containers = append(object.Spec.Containers, *processed.Container)
	object.Spec.Volumes = processed.Volumes
	parameters := run.globals.DeepCopy()
	for _, parameter := range processed.Inputs.Parameters {
		parameters["inputs.parameters."+parameter.Name] = parameter.Value.String()
	}
	parameters[common.LocalVarPodName] = "pod"
	if err := replaced(&object, parameters); err != nil {
		return err
	}
	run.pods = append(run.pods, pod{node, object.Spec.Containers})
	return nil
}

// withSampleArtifacts gives each input artifact of a template a place, as no task before it has run.
func withSampleArtifacts(t *v1alpha1.Template) {
	for i := range t.Inputs.Artifacts {
		t.Inputs.Artifacts[i].Raw = &v1alpha1.RawArtifact{Data: "sample"}
	}
}

// replaced replaces variables in an object as the controller does: in its JSON, leaving what has no value.
func replaced[T any](object *T, parameters common.Parameters) error {
	text, err := json.Marshal(object)
	if err != nil {
		return err
	}
	result, err := template.Replace(string(text), parameters, true)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(result), object)
}
