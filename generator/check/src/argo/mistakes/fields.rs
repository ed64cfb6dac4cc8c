//! Where expressions stand in a workflow.

use luban_api::Object;
use luban_api_argo_workflows::{Artifact, Outputs};
use luban_yaml::Path;

use super::super::kind::TemplateKind;
use super::environment::{Environment, Values};
use super::reader::{Reader, Use, jq_filter, json_path, resource_condition};

const fn condition(values: Values) -> Use {
    Use {
        values,
        is_condition: true,
    }
}

const fn value(values: Values) -> Use {
    Use {
        values,
        is_condition: false,
    }
}

impl<'v, 'a> Reader<'v, 'a> {
    /// All of the object.
    pub(super) fn object(&mut self) {
        let view = self.view;
        let Some(own) = view.own() else { return };
        let top = Environment {
            view,
            template: None,
            node: None,
            is_hook: false,
        };
        let has_tags = {
            let source = own.text();
            source.contains("{{") || source.contains("$(")
        };
        if let Some(Object::CronWorkflow(cron)) = &view.entry.object {
            let spec = view.entry.path.key("spec");
            if cron.spec.when.is_some() {
                self.cron_when(&top, &spec.key("when"));
            }
            if cron.spec.stop_strategy.is_some() {
                let path = spec.key("stopStrategy").key("expression");
                self.field(&top, &path, condition(Values::Cron));
            }
        }
        for (name, hook) in &own.spec.hooks {
            if hook.expression.is_some() {
                let path = own.path.key("hooks").key(name).key("expression");
                self.field(&top, &path, condition(Values::Workflow));
            }
        }
        for name in own
            .spec
            .workflow_metadata
            .iter()
            .flat_map(|metadata| metadata.labels_from.keys())
        {
            let path = own
                .path
                .key("workflowMetadata")
                .key("labelsFrom")
                .key(name)
                .key("expression");
            self.field(&top, &path, value(Values::Workflow));
        }
        if let Some(metrics) = &own.spec.metrics {
            self.metrics(&own.path, metrics.prometheus.len());
        }
        if has_tags {
            for key in own.document().keys(&own.path) {
                let values = match key {
                    "templates" | "templateDefaults" | "templateRef" => continue,
                    "metrics" => Values::Metrics,
                    _ => Values::Text,
                };
                self.texts(&top, &own.path.key(key), values);
            }
        }
        for at in 0..view.written().len() {
            self.template(at, has_tags);
        }
    }

    fn metrics(&mut self, holder: &Path, count: usize) {
        for at in 0..count {
            self.when(
                &holder
                    .key("metrics")
                    .key("prometheus")
                    .index(at)
                    .key("when"),
            );
        }
    }

    fn template(&mut self, at: usize, has_tags: bool) {
        let view = self.view;
        let (Some(own), Some(written)) = (view.own(), view.written().get(at)) else {
            return;
        };
        let (template, path) = (written.template, &written.path);
        let environment = Environment {
            view,
            template: Some(at),
            node: None,
            is_hook: false,
        };
        if template.retry_strategy.is_some() {
            let path = path.key("retryStrategy").key("expression");
            self.field(&environment, &path, condition(Values::Retry));
        }
        if let Some(metrics) = &template.metrics {
            self.metrics(path, metrics.prometheus.len());
        }
        if let Some(http) = &template.http
            && http.success_condition.is_some()
        {
            let path = path.key("http").key("successCondition");
            self.field(&environment, &path, condition(Values::Http));
        }
        if template.resource.is_some() {
            for field in ["successCondition", "failureCondition"] {
                self.other(
                    &path.key("resource").key(field),
                    &format!("`{field}`"),
                    resource_condition,
                );
            }
        }
        for step in 0..template
            .data
            .as_ref()
            .map_or(0, |data| data.transformation.len())
        {
            let path = path
                .key("data")
                .key("transformation")
                .index(step)
                .key("expression");
            self.field(&environment, &path, value(Values::Data(step == 0)));
        }
        if let Some(outputs) = &template.outputs {
            self.outputs(&environment, &path.key("outputs"), outputs);
        }
        let is_group = matches!(written.kind, Some(TemplateKind::Steps | TemplateKind::Dag));
        if has_tags {
            for key in own.document().keys(path) {
                let values = match key {
                    "steps" | "dag" if is_group => continue,
                    "metrics" => Values::Metrics,
                    _ => Values::Text,
                };
                self.texts(&environment, &path.key(key), values);
            }
        }
        for node in 0..written.nodes.len() {
            self.node(at, node, has_tags);
        }
    }

    fn node(&mut self, template: usize, at: usize, has_tags: bool) {
        let view = self.view;
        let (Some(own), Some(written)) = (view.own(), view.written().get(template)) else {
            return;
        };
        let Some(node) = written.nodes.get(at) else {
            return;
        };
        let environment = Environment {
            view,
            template: Some(template),
            node: Some(at),
            is_hook: false,
        };
        let after = Environment {
            is_hook: true,
            ..environment
        };
        if node.when.is_some() {
            self.when(&node.path.key("when"));
        }
        if node.depends.is_some() {
            self.depends(&node.path.key("depends"));
        }
        for (name, hook) in node.hooks {
            let path = node.path.key("hooks").key(name);
            if hook.expression.is_some() {
                self.field(&after, &path.key("expression"), condition(Values::Hook));
            }
            if let Some(arguments) = &hook.arguments {
                self.artifacts(
                    &after,
                    &path.key("arguments").key("artifacts"),
                    &arguments.artifacts,
                );
            }
        }
        if let Some(arguments) = node.arguments {
            let path = node.path.key("arguments").key("artifacts");
            self.artifacts(&environment, &path, &arguments.artifacts);
        }
        if has_tags {
            for key in own.document().keys(&node.path) {
                let environment = match key {
                    "inline" => continue,
                    "hooks" => &after,
                    _ => &environment,
                };
                self.texts(environment, &node.path.key(key), Values::Text);
            }
        }
    }

    fn artifacts(
        &mut self,
        environment: &Environment<'_, 'a>,
        path: &Path,
        artifacts: &[Artifact],
    ) {
        for (at, artifact) in artifacts.iter().enumerate() {
            if artifact.from_expression.is_some() {
                let path = path.index(at).key("fromExpression");
                self.field(environment, &path, value(Values::Outputs));
            }
        }
    }

    fn outputs(&mut self, environment: &Environment<'_, 'a>, path: &Path, outputs: &Outputs) {
        for (at, parameter) in outputs.parameters.iter().enumerate() {
            let Some(from) = &parameter.value_from else {
                continue;
            };
            let path = path.key("parameters").index(at).key("valueFrom");
            if from.expression.is_some() {
                self.field(environment, &path.key("expression"), value(Values::Outputs));
            }
            if from.json_path.is_some() {
                self.other(&path.key("jsonPath"), "`jsonPath`", json_path);
            }
            if from.jq_filter.is_some() {
                self.other(&path.key("jqFilter"), "`jqFilter`", jq_filter);
            }
        }
        self.artifacts(environment, &path.key("artifacts"), &outputs.artifacts);
    }
}
