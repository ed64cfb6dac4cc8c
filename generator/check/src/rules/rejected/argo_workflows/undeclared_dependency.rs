use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "undeclared-dependency",
    kinds: WORKFLOWS,
    title: "an output of a task on which this one does not depend",
    why: "Tasks run in parallel unless one depends on the other; the output may not be there yet.",
    fix: "Add the task to `depends` or `dependencies`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateDAGTaskArgumentDependency`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    dag:
      tasks:
      - {name: a, template: echo, arguments: {parameters: [{name: text, value: x}]}}
      - name: b
        template: echo
        arguments:
          parameters: [{name: text, value: '⟦{{tasks.a.outputs.result}}⟧'}]
  - name: echo
    inputs:
      parameters: [{name: text}]
    script: {image: 'alpine:3.23', command: [sh], source: 'true'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    dag:
      tasks:
      - {name: a, template: echo, arguments: {parameters: [{name: text, value: x}]}}
      - name: b
        template: echo
        depends: a
        arguments:
          parameters: [{name: text, value: '{{tasks.a.outputs.result}}'}]
  - name: echo
    inputs:
      parameters: [{name: text}]
    script: {image: 'alpine:3.23', command: [sh], source: 'true'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let (Some(template), Some(dag)) = (&visit.template.dag, &visit.dag) else {
            continue;
        };
        for (at, task) in template.tasks.iter().enumerate() {
            let Some(arguments) = &task.arguments else {
                continue;
            };
            // An unknown dependency is a finding that may be the cause.
            let named = dag.dependencies.get(at).into_iter().flatten();
            if named.clone().any(|dependency| !dag.by_name.contains_key(&dependency.name)) {
                continue;
            }
            let path = visit.path.key("dag").key("tasks").index(at);
            let parameters = arguments.parameters.iter().enumerate();
            let parameters = parameters.map(|(at, given)| ("parameters", at, "value", given.value.as_deref(), &given.name));
            let artifacts = arguments.artifacts.iter().enumerate();
            let artifacts = artifacts.map(|(at, given)| ("artifacts", at, "from", given.from.as_deref(), &given.name));
            for (group, item, field, value, name) in parameters.chain(artifacts) {
                let value = view.resolved(visit, value.unwrap_or_default()).into_owned();
                let Some(other) = value.strip_prefix("{{tasks.").and_then(|rest| rest.split('.').next()) else {
                    continue;
                };
                // What is no task at all is an unknown variable.
                if !dag.by_name.contains_key(other) || dag.ancestors(at).contains(other) {
                    continue;
                }
                let value_path = path.key("arguments").key(group).index(item).key(field);
                let place = base.document().scalar(&value_path).map(|scalar| {
                    let end = scalar.text().find("}}").map_or(scalar.text().len(), |end| end + 2);
                    scalar.place_of(0..end)
                });
                let kind = group.trim_end_matches('s');
                let message = format!("{kind} `{name}` takes an output of task `{other}`, on which task `{}` does not depend", task.name);
                let help = if value_is(task.depends.as_deref()) || task.dependencies.is_empty() {
                    format!("add `{other}` to `depends`")
                } else {
                    format!("add `{other}` to `dependencies`")
                };
                let finding = sink.finding(message).at(place).help(help);
                let finding = finding.related("the task is here", base.value(&path.key("name")));
                sink.push_in(view.foreign(&visit.site), finding);
            }
        }
    }
}
