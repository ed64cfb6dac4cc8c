//! Functions of CEL and of the programs that use it. Names that begin with a dot are called on a value, which is their first
//! argument.

use crate::functions::{Call, Function, call, functions, many};
use crate::types::Type;

const ANY: Type = Type::UNKNOWN;
const BOOL: Type = Type::BOOL;
const INT: Type = Type::INTEGER;
const UINT: Type = Type::UNSIGNED;
const FLOAT: Type = Type::FLOAT;
const TEXT: Type = Type::TEXT;
const BYTES: Type = Type::BYTES;
const LIST: Type = Type::LIST;
const MAP: Type = Type::MAP;
const TIME: Type = Type::TIME;
const DURATION: Type = Type::DURATION;
const NUMBER: Type = INT.or(UINT).or(FLOAT);
const SIZED: Type = LIST.or(MAP).or(TEXT).or(BYTES);

const OF_TIME: Call = call(&[TIME], INT);
const OF_TIME_IN: Call = call(&[TIME, TEXT], INT);
const OF_DURATION: Call = call(&[DURATION], INT);

/// cel-go v0.30 `common/stdlib`.
const STANDARD: &[Function] = functions! {
    "size": call(&[SIZED], INT);
    ".size": call(&[SIZED], INT);
    "type": call(&[ANY], Type::OBJECT);
    "dyn": call(&[ANY], ANY);
    "bool": call(&[BOOL.or(TEXT)], BOOL);
    "bytes": call(&[BYTES.or(TEXT)], BYTES);
    "double": call(&[NUMBER.or(TEXT)], FLOAT);
    "duration": call(&[DURATION.or(TEXT)], DURATION);
    "int": call(&[NUMBER.or(TEXT).or(DURATION).or(TIME)], INT);
    "uint": call(&[NUMBER.or(TEXT)], UINT);
    "string": call(&[NUMBER.or(TEXT).or(BOOL).or(BYTES).or(DURATION).or(TIME)], TEXT);
    "timestamp": call(&[TIME.or(INT).or(TEXT)], TIME);
    ".contains": call(&[TEXT, TEXT], BOOL);
    ".endsWith": call(&[TEXT, TEXT], BOOL);
    ".startsWith": call(&[TEXT, TEXT], BOOL);
    "matches": call(&[TEXT, TEXT], BOOL);
    ".matches": call(&[TEXT, TEXT], BOOL);
    ".getFullYear": OF_TIME, OF_TIME_IN;
    ".getMonth": OF_TIME, OF_TIME_IN;
    ".getDayOfYear": OF_TIME, OF_TIME_IN;
    ".getDayOfMonth": OF_TIME, OF_TIME_IN;
    ".getDate": OF_TIME, OF_TIME_IN;
    ".getDayOfWeek": OF_TIME, OF_TIME_IN;
    ".getHours": OF_TIME, OF_TIME_IN, OF_DURATION;
    ".getMinutes": OF_TIME, OF_TIME_IN, OF_DURATION;
    ".getSeconds": OF_TIME, OF_TIME_IN, OF_DURATION;
    ".getMilliseconds": OF_TIME, OF_TIME_IN, OF_DURATION;
};

const ROUNDING: Call = call(&[FLOAT], FLOAT);
const BITS: Call = call(&[INT, INT], INT);
const UNSIGNED_BITS: Call = call(&[UINT, UINT], UINT);
const SHIFT: Call = call(&[INT.or(UINT), INT], INT.or(UINT));
const SETS: Call = call(&[LIST, LIST], BOOL);

/// cel-go v0.30 `ext`: Strings, Encoders, Sets, Lists, Math.
const EXTENSIONS: &[Function] = functions! {
    ".charAt": call(&[TEXT, INT], TEXT);
    ".format": call(&[TEXT, LIST], TEXT);
    ".indexOf": call(&[TEXT, TEXT], INT), call(&[TEXT, TEXT, INT], INT);
    ".lastIndexOf": call(&[TEXT, TEXT], INT), call(&[TEXT, TEXT, INT], INT);
    ".join": call(&[LIST], TEXT), call(&[LIST, TEXT], TEXT);
    ".lowerAscii": call(&[TEXT], TEXT);
    ".upperAscii": call(&[TEXT], TEXT);
    ".replace": call(&[TEXT, TEXT, TEXT], TEXT), call(&[TEXT, TEXT, TEXT, INT], TEXT);
    ".split": call(&[TEXT, TEXT], TEXT.list_of()), call(&[TEXT, TEXT, INT], TEXT.list_of());
    ".substring": call(&[TEXT, INT], TEXT), call(&[TEXT, INT, INT], TEXT);
    ".trim": call(&[TEXT], TEXT);
    ".reverse": call(&[TEXT], TEXT), call(&[LIST], LIST);
    "strings.quote": call(&[TEXT], TEXT);
    "base64.decode": call(&[TEXT], BYTES);
    "base64.encode": call(&[BYTES], TEXT);
    "json.encode": call(&[ANY], TEXT);
    "sets.contains": SETS;
    "sets.equivalent": SETS;
    "sets.intersects": SETS;
    ".slice": call(&[LIST, INT, INT], LIST);
    ".flatten": call(&[LIST], LIST), call(&[LIST, INT], LIST);
    ".sort": call(&[LIST], LIST);
    ".distinct": call(&[LIST], LIST);
    "lists.range": call(&[INT], INT.list_of());
    "math.greatest": many(&[NUMBER.or(LIST)], NUMBER, NUMBER);
    "math.least": many(&[NUMBER.or(LIST)], NUMBER, NUMBER);
    "math.ceil": ROUNDING;
    "math.floor": ROUNDING;
    "math.round": ROUNDING;
    "math.trunc": ROUNDING;
    "math.abs": call(&[NUMBER], NUMBER);
    "math.sign": call(&[NUMBER], NUMBER);
    "math.sqrt": call(&[NUMBER], FLOAT);
    "math.isInf": call(&[FLOAT], BOOL);
    "math.isNaN": call(&[FLOAT], BOOL);
    "math.isFinite": call(&[FLOAT], BOOL);
    "math.bitAnd": BITS, UNSIGNED_BITS;
    "math.bitOr": BITS, UNSIGNED_BITS;
    "math.bitXor": BITS, UNSIGNED_BITS;
    "math.bitNot": call(&[INT.or(UINT)], INT.or(UINT));
    "math.bitShiftLeft": SHIFT;
    "math.bitShiftRight": SHIFT;
};

/// tektoncd/triggers v0.37 `pkg/interceptors/cel/triggers.go`.
const TRIGGERS: &[Function] = functions! {
    ".match": call(&[MAP, TEXT, TEXT], BOOL);
    ".canonical": call(&[MAP, TEXT], TEXT);
    ".truncate": call(&[TEXT, INT], TEXT);
    ".compareSecret": call(&[TEXT, TEXT, TEXT], BOOL), call(&[TEXT, TEXT, TEXT, TEXT], BOOL);
    ".parseJSON": call(&[TEXT], MAP);
    ".parseYAML": call(&[TEXT], MAP);
    ".parseURL": call(&[TEXT], MAP);
    ".marshalJSON": call(&[MAP.or(LIST)], TEXT);
    ".last": call(&[LIST], ANY);
    ".first": call(&[LIST], ANY);
    ".translate": call(&[TEXT, TEXT, TEXT], TEXT);
};

/// Kubernetes v1.36 `apiserver/pkg/cel/library`, by name alone: what they take is not looked at.
const KUBERNETES: &[&str] = &[
    ".add",
    ".allowed",
    ".asApproximateFloat",
    ".asInteger",
    ".check",
    "cidr",
    ".compareTo",
    ".containsCIDR",
    ".containsIP",
    ".error",
    ".errored",
    ".family",
    ".fieldSelector",
    ".find",
    ".findAll",
    "format.named",
    ".getEscapedPath",
    ".getHost",
    ".getHostname",
    ".getPort",
    ".getQuery",
    ".getScheme",
    ".group",
    ".indexOf",
    "ip",
    "ip.isCanonical",
    ".ip",
    "isCIDR",
    ".isGlobalUnicast",
    ".isGreaterThan",
    "isIP",
    ".isInteger",
    ".isLessThan",
    ".isLinkLocalMulticast",
    ".isLinkLocalUnicast",
    ".isLoopback",
    "isQuantity",
    "isSemver",
    "isURL",
    ".isUnspecified",
    "jsonpatch.escapeKey",
    ".labelSelector",
    ".lastIndexOf",
    ".major",
    ".masked",
    ".minor",
    ".name",
    ".namespace",
    ".patch",
    ".path",
    ".prefixLength",
    "quantity",
    ".reason",
    ".resource",
    "semver",
    ".serviceAccount",
    ".sign",
    ".sub",
    ".subresource",
    "url",
    ".validate",
    ".isSorted",
    ".sum",
    ".min",
    ".max",
    ".matchConditions",
    "format.dns1123Label",
    "format.dns1123Subdomain",
    "format.dns1035Label",
    "format.qualifiedName",
    "format.dns1123LabelPrefix",
    "format.dns1123SubdomainPrefix",
    "format.dns1035LabelPrefix",
    "format.labelValue",
    "format.uri",
    "format.uuid",
    "format.byte",
    "format.date",
    "format.datetime",
];

const UNCHECKED: Function = Function {
    name: "",
    forms: &[many(&[], ANY, ANY)],
};

/// Where an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// `when[].cel` of Tekton v1.15: CEL's own functions and no variables, for Tekton's are put in as text before.
    TektonWhen,
    /// Filters and overlays of the CEL interceptor of Tekton Triggers v0.37.
    TriggersInterceptor,
    /// Validation rules of Kubernetes: CRDs and admission policies.
    Kubernetes,
}

impl Program {
    /// The function of that name; a dot before it for one that is called on a value.
    pub(super) fn function(self, name: &str) -> Option<&'static Function> {
        self.tables()
            .iter()
            .flat_map(|table| table.iter())
            .find(|function| function.name == name)
            .or_else(|| {
                let known = self == Self::Kubernetes && KUBERNETES.contains(&name);
                known.then_some(&UNCHECKED)
            })
    }

    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        let more: &[&str] = if self == Self::Kubernetes {
            KUBERNETES
        } else {
            &[]
        };
        let tables = self.tables().iter().flat_map(|table| table.iter());
        tables
            .map(|function| function.name)
            .chain(more.iter().copied())
    }

    fn tables(self) -> &'static [&'static [Function]] {
        match self {
            Self::TektonWhen => &[STANDARD],
            Self::TriggersInterceptor => &[STANDARD, EXTENSIONS, TRIGGERS],
            Self::Kubernetes => &[STANDARD, EXTENSIONS],
        }
    }

    /// The variables that the program sets; of Kubernetes' rules the caller knows which there are.
    #[must_use]
    pub fn variables(self) -> &'static [(&'static str, Type)] {
        match self {
            Self::TektonWhen | Self::Kubernetes => &[],
            Self::TriggersInterceptor => &[
                ("body", MAP),
                ("header", MAP),
                ("extensions", MAP),
                ("requestURL", TEXT),
            ],
        }
    }
}
