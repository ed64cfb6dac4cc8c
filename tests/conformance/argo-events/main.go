// Command argo-events judges the objects of Argo Events as its controllers and `argo-events lint` do.
//
// Judge: github.com/argoproj/argo-events v1.9.11: ValidateSensor, ValidateEventSource and ValidateEventBus of
// pkg/reconciler. A document is decoded by sigs.k8s.io/yaml.UnmarshalStrict. As in the controllers, the bus of a Sensor is the
// EventBus that spec.eventBusName names, else `default`, in its namespace; here it is looked up in the Sensor's group.
package main

import (
	"encoding/json"
	"fmt"

	"github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
	"github.com/argoproj/argo-events/pkg/reconciler/eventbus"
	"github.com/argoproj/argo-events/pkg/reconciler/eventsource"
	"github.com/argoproj/argo-events/pkg/reconciler/sensor"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// request is one document. Sensors and the EventBus that they use have the same group. With Event, the data of an event as an
// EventSource puts it on the bus, a Sensor is not judged: what its triggers create is the verdict's output.
type request struct {
	ID    string          `json:"id"`
	YAML  string          `json:"yaml"`
	Group string          `json:"group"`
	Event json.RawMessage `json:"event"`
}

// busKey is where a Sensor looks for its EventBus.
type busKey struct {
	group, namespace, name string
}

func main() {
	serve(func(requests []request) []verdict {
		buses := map[busKey]*v1alpha1.EventBus{}
		for _, r := range requests {
			verdictOf(r.ID, func() error {
				if object, err := decode(r.YAML); err == nil {
					if bus, ok := object.(*v1alpha1.EventBus); ok {
						buses[busKey{r.Group, bus.Namespace, bus.Name}] = bus
					}
				}
				return nil
			})
		}
		var verdicts []verdict
		for _, r := range requests {
			var output string
			v := verdictOf(r.ID, func() (err error) {
				if r.Event != nil {
					output, err = create(r.YAML, r.Event)
					return err
				}
				return judge(r, buses)
			})
			v.Output = output
			verdicts = append(verdicts, v)
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
	case typeMeta("EventBus"):
		object = &v1alpha1.EventBus{}
	case typeMeta("EventSource"):
		object = &v1alpha1.EventSource{}
	case typeMeta("Sensor"):
		object = &v1alpha1.Sensor{}
	default:
		return nil, fmt.Errorf("unknown kind `%s` of `%s`", kind.Kind, kind.APIVersion)
	}
	return object, yaml.UnmarshalStrict([]byte(document), object)
}

func typeMeta(kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: v1alpha1.SchemeGroupVersion.String(), Kind: kind}
}

func judge(r request, buses map[busKey]*v1alpha1.EventBus) error {
	object, err := decode(r.YAML)
	if err != nil {
		return err
	}
	switch o := object.(type) {
	case *v1alpha1.EventBus:
		return eventbus.ValidateEventBus(o)
	case *v1alpha1.EventSource:
		return eventsource.ValidateEventSource(o)
	case *v1alpha1.Sensor:
		key := busKey{r.Group, o.Namespace, v1alpha1.DefaultEventBusName}
		if o.Spec.EventBusName != "" {
			key.name = o.Spec.EventBusName
		}
		bus, found := buses[key]
		if !found {
			return fmt.Errorf("EventBus `%s` of namespace `%s` is not among the documents", key.name, key.namespace)
		}
		return sensor.ValidateSensor(o, bus)
	}
	return nil
}
