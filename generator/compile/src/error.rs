//! Why a platform could not be compiled.

use luban_command::CallError;
use luban_platform::names::NameError;
use luban_yaml::WriteError;
use thiserror::Error;

/// Why a platform could not be compiled. Each of these is a defect of the compiler, not of the input: `luban-platform`
/// accepts only platforms that compile.
#[derive(Debug, Error)]
pub enum CompileError {
    /// An object cannot be written as YAML.
    #[error("`{path}` cannot be written: {source}")]
    Write {
        /// The file.
        path: String,
        /// Why.
        source: WriteError,
    },
    /// A container's arguments do not fit the verb.
    #[error(transparent)]
    Call(#[from] CallError),
    /// A derived name is not what its place asks for.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A value cannot be written as JSON.
    #[error("a value cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Two objects would be written to the same file.
    #[error("two objects would be written to `{0}`")]
    SameFile(String),
    /// A parameter is set that its template does not declare.
    #[error("template `{template}` declares no parameter `{parameter}`")]
    UndeclaredParameter {
        /// The template.
        template: String,
        /// The parameter.
        parameter: String,
    },
}
