//! Inspection indicators (检查指标): what is judged, of whom, and what it costs (国办秘函〔2019〕19号).

pub mod spec;

pub use spec::{IndicatorKind, IndicatorSpec, Subject};
