package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
	"github.com/argoproj/argo-events/pkg/sensors/dependencies"
	"github.com/argoproj/argo-events/pkg/sensors/triggers"
	standardk8s "github.com/argoproj/argo-events/pkg/sensors/triggers/standard-k8s"
	"go.uber.org/zap"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/dynamic/fake"
	clienttesting "k8s.io/client-go/testing"
)

// created is what one trigger of a Sensor creates for an event.
type created struct {
	// Trigger is the trigger's name; IsDeadLetter says that it is the one for an event that the trigger could not deal with.
	Trigger      string         `json:"trigger"`
	IsDeadLetter bool           `json:"isDeadLetter"`
	Object       map[string]any `json:"object"`
}

// create does what a Sensor's listener does with an event that all of its dependencies see: where their filters let it through, it
// applies the parameters of each trigger's template, fetches the resource, applies its parameters and creates it. The client is a
// recorder. Of an event that is filtered out nothing is created.
func create(document string, data json.RawMessage) (string, error) {
	object, err := decode(document)
	if err != nil {
		return "", err
	}
	sensor, ok := object.(*v1alpha1.Sensor)
	if !ok {
		return "", errors.New("only a Sensor creates objects")
	}
	events := map[string]*v1alpha1.Event{}
	for _, dependency := range sensor.Spec.Dependencies {
		events[dependency.Name] = &v1alpha1.Event{
			Context: &v1alpha1.EventContext{DataContentType: v1alpha1.MediaTypeJSON},
			Data:    data,
		}
		// As in the listener, an error alone does not drop the event: what the filter says with it counts.
		passes, _ := dependencies.Filter(events[dependency.Name], dependency.Filters, dependency.FiltersLogicalOperator)
		if !passes {
			return "[]", nil
		}
	}
	all := []created{}
	for _, trigger := range sensor.Spec.Triggers {
		for _, t := range []struct {
			trigger      *v1alpha1.Trigger
			isDeadLetter bool
		}{{&trigger, false}, {trigger.DlqTrigger, true}} {
			if t.trigger == nil {
				continue
			}
			object, err := execute(sensor, t.trigger.DeepCopy(), events)
			if err != nil {
				return "", fmt.Errorf("trigger `%s`: %w", t.trigger.Template.Name, err)
			}
			all = append(all, created{trigger.Template.Name, t.isDeadLetter, object})
		}
	}
	output, err := json.Marshal(all)
	return string(output), err
}

func execute(sensor *v1alpha1.Sensor, trigger *v1alpha1.Trigger, events map[string]*v1alpha1.Event) (map[string]any, error) {
	if err := triggers.ApplyTemplateParameters(events, trigger); err != nil {
		return nil, err
	}
	if trigger.Template.K8s == nil {
		return nil, errors.New("not a trigger that creates a Kubernetes object")
	}
	client := fake.NewSimpleDynamicClient(runtime.NewScheme())
	var made map[string]any
	client.PrependReactor("create", "*", func(action clienttesting.Action) (bool, runtime.Object, error) {
		object := action.(clienttesting.CreateAction).GetObject().(*unstructured.Unstructured).DeepCopy()
		made = object.Object
		return true, object, nil
	})
	ctx := context.Background()
	k8s := standardk8s.NewStandardK8sTrigger(nil, client, sensor, trigger, zap.NewNop().Sugar())
	resource, err := k8s.FetchResource(ctx)
	if err != nil {
		return nil, err
	}
	if resource, err = k8s.ApplyResourceParameters(events, resource); err != nil {
		return nil, err
	}
	if _, err := k8s.Execute(ctx, events, resource); err != nil {
		return nil, err
	}
	if made == nil {
		return nil, errors.New("the trigger created nothing")
	}
	return made, nil
}
