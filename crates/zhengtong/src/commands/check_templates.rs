//! `check-templates`: renders every template of the theme with every sample.

use std::process::ExitCode;

use crate::{config::Config, instance, refusal::Outcome};

/// Prints each problem; exit code 1 when there is any.
pub fn run(config: &Config) -> Outcome {
    let problems = instance::renderer(config)?.check_templates();
    for problem in &problems {
        println!(
            "✗ {}:{} 样例“{}”（{}）：{}",
            problem.file, problem.line, problem.sample, problem.locale, problem.message
        );
    }
    if problems.is_empty() {
        println!("✓ 主题的每个模板都能用全部样例渲染");
        return Ok(ExitCode::SUCCESS);
    }
    println!("{} 处问题，请修改模板后再试", problems.len());
    Ok(ExitCode::FAILURE)
}
