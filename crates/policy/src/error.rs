//! What can be wrong with the policy files.

/// Why the policies could not be loaded. The platform must not start without them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("权限策略有误，平台不能启动：{file} 第 {line} 行：{reason}")]
pub struct PolicyError {
    /// File name below `crates/policy/policies/`.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong, in Cedar's words.
    pub reason: String,
}
