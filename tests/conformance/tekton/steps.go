package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tektoncd/pipeline/pkg/apis/pipeline/v1"
	pipelineresources "github.com/tektoncd/pipeline/pkg/reconciler/pipelinerun/resources"
	taskresources "github.com/tektoncd/pipeline/pkg/reconciler/taskrun/resources"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// pod is the containers of one TaskRun's pod.
type pod struct {
	// Node is the task's name in the pipeline.
	Node       string             `json:"node"`
	Containers []corev1.Container `json:"containers"`
}

// groups holds the Pipelines and Tasks that a PipelineRun of a group refers to, by kind, namespace and name.
type groups map[string]any

func (known groups) add(group, document string) {
	var object struct {
		metav1.TypeMeta   `json:",inline"`
		metav1.ObjectMeta `json:"metadata"`
	}
	if yaml.Unmarshal([]byte(document), &object) != nil {
		return
	}
	var value any
	switch object.TypeMeta {
	case typeMeta("tekton.dev/v1", "Pipeline"):
		value = &v1.Pipeline{}
	case typeMeta("tekton.dev/v1", "Task"):
		value = &v1.Task{}
	default:
		return
	}
	if yaml.Unmarshal([]byte(document), value) == nil {
		known[key(group, object.Kind, object.Namespace, object.Name)] = value
	}
}

func key(group, kind, namespace, name string) string {
	return fmt.Sprintf("%q %q %q %q", group, kind, namespace, name)
}

// referred is the object that a reference names: by the cluster resolver's parameters, or in the run's own namespace.
func referred[T any](known groups, group, kind, namespace, name string, params v1.Params) (*T, error) {
	for _, param := range params {
		switch param.Name {
		case "name":
			name = param.Value.StringVal
		case "namespace":
			namespace = param.Value.StringVal
		}
	}
	object, ok := known[key(group, kind, namespace, name)].(*T)
	if !ok {
		return nil, fmt.Errorf("%s `%s` of namespace `%s` is not among the documents", kind, name, namespace)
	}
	return object, nil
}

// pods substitutes a PipelineRun's variables as the controllers do until pods are created, for every task whatever its `when`
// says. The passes are in their order: ApplyParameters, ApplyContexts and ApplyWorkspaces of a pipeline (pipelinerun.go), and of
// a task ApplyParameters, ApplyContexts, ApplyResults, ApplyArtifacts, ApplyStepExitCodePath and ApplyWorkspaces (taskrun.go).
// Results of tasks are unresolved.
func (known groups) pods(r request) (string, error) {
	run := &v1.PipelineRun{}
	if err := yaml.UnmarshalStrict([]byte(r.YAML), run); err != nil {
		return "", err
	}
	if run.Kind != "PipelineRun" || run.Spec.PipelineRef == nil {
		return "", errors.New("only a PipelineRun with a pipelineRef is followed")
	}
	ctx, err := withFlags(context.Background(), r.Flags)
	if err != nil {
		return "", err
	}
	run.SetDefaults(ctx)
	reference := run.Spec.PipelineRef
	pipeline, err := referred[v1.Pipeline](known, r.Group, "Pipeline", run.Namespace, reference.Name, reference.Params)
	if err != nil {
		return "", err
	}
	pipelineresources.ApplyParametersToWorkspaceBindings(run)
	spec, err := pipelineresources.ApplyParameters(&pipeline.Spec, run)
	if err != nil {
		return "", err
	}
	spec = pipelineresources.ApplyContexts(spec, pipeline.Name, run)
	spec = pipelineresources.ApplyWorkspaces(spec, run)
	var all []pod
	for _, task := range append(spec.Tasks, spec.Finally...) {
		taskSpec, name := &v1.TaskSpec{}, ""
		switch {
		case task.TaskRef != nil:
			found, err := referred[v1.Task](known, r.Group, "Task", run.Namespace, task.TaskRef.Name, task.TaskRef.Params)
			if err != nil {
				return "", fmt.Errorf("`%s`: %w", task.Name, err)
			}
			taskSpec, name = found.Spec.DeepCopy(), found.Name
		case task.TaskSpec != nil:
			taskSpec = task.TaskSpec.TaskSpec.DeepCopy()
		default:
			return "", fmt.Errorf("`%s` is no task that is followed", task.Name)
		}
		containers, err := steps(ctx, run, &task, taskSpec, name)
		if err != nil {
			return "", fmt.Errorf("`%s`: %w", task.Name, err)
		}
		all = append(all, pod{task.Name, containers})
	}
	output, err := json.Marshal(all)
	return string(output), err
}

// steps is the containers of a task as a TaskRun of it has them.
func steps(ctx context.Context, run *v1.PipelineRun, task *v1.PipelineTask, spec *v1.TaskSpec, name string) ([]corev1.Container, error) {
	taskRun := &v1.TaskRun{
		ObjectMeta: metav1.ObjectMeta{Name: run.Name + "-" + task.Name, Namespace: run.Namespace},
		Spec:       v1.TaskRunSpec{Params: task.Params},
	}
	for _, workspace := range task.Workspaces {
		for _, bound := range run.Spec.Workspaces {
			if bound.Name == workspace.Workspace {
				bound.Name = workspace.Name
				taskRun.Spec.Workspaces = append(taskRun.Spec.Workspaces, bound)
			}
		}
	}
	spec.SetDefaults(ctx)
	spec = taskresources.ApplyParameters(spec, taskRun, spec.Params...)
	spec = taskresources.ApplyContexts(spec, name, taskRun)
	spec = taskresources.ApplyResults(spec)
	spec = taskresources.ApplyArtifacts(spec)
	spec = taskresources.ApplyStepExitCodePath(spec)
	spec = taskresources.ApplyWorkspaces(ctx, spec, spec.Workspaces, taskRun.Spec.Workspaces, map[string]corev1.Volume{})
	var containers []corev1.Container
	for _, step := range spec.Steps {
		containers = append(containers, *step.ToK8sContainer())
	}
	for _, sidecar := range spec.Sidecars {
		containers = append(containers, *sidecar.ToK8sContainer())
	}
	return containers, nil
}
