//! The database itself: does it answer, is it the right version, is its schema ours, do the clocks agree?

use jiff::SignedDuration;
use store::{Engine, Store};

use super::Findings;

/// PostgreSQL versions before this one are not tested.
const OLDEST_POSTGRES: u32 = 15;

/// Clocks of nodes and server may differ by so much; leases and schedules rest on them.
const MOST_CLOCK_DIFFERENCE: SignedDuration = SignedDuration::from_secs(5);

/// Checks the database; true when its tables can be looked at.
pub async fn database(store: &Store, findings: &mut Findings) -> bool {
    match store.engine_facts().await {
        Err(error) => {
            findings.wrong("数据库", format!("没有应答：{error}"));
            return false;
        }
        Ok(facts) => {
            if store.engine() == Engine::Postgres && facts.major < OLDEST_POSTGRES {
                findings.wrong("数据库", format!("{} 过旧，请升级到 {OLDEST_POSTGRES} 或更高版本。", facts.version));
            } else {
                findings.right("数据库", format!("{} 应答正常", facts.version));
            }
            if let Some(server) = facts.now {
                let difference = store.clock().now().duration_since(server).abs();
                if difference > MOST_CLOCK_DIFFERENCE {
                    let seconds = difference.as_secs();
                    findings.wrong("时钟", format!("本机与数据库服务器相差 {seconds} 秒，请用 NTP 对齐各节点时钟。"));
                } else {
                    findings.right("时钟", "与数据库服务器一致");
                }
            }
        }
    }
    match store.pending_migrations().await {
        Ok(pending) if pending.is_empty() => {
            findings.right("数据库结构", "是本版本的");
            true
        }
        Ok(pending) => {
            findings.wrong(
                "数据库结构",
                format!("有 {} 项升级未执行，请先备份，再运行 zhengtong migrate。", pending.len()),
            );
            false
        }
        Err(error) => {
            findings.wrong("数据库结构", error.to_string());
            false
        }
    }
}
