//! The day on which a disclosure request counts as received (国令第711号第三十一条).

use crate::calendar::chinese_date;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How a request came in, with the dates that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "channel")]
pub enum ReceiptChannel {
    /// 当面提交.
    InPerson {
        /// Handed in.
        submitted: Date,
    },
    /// 邮寄, with a signature on delivery.
    SignedMail {
        /// Signed for by the authority (签收).
        signed: Date,
    },
    /// 平常信函等无需签收的邮寄方式: the office confirms with the applicant on the day it arrives.
    OrdinaryMail {
        /// Arrived.
        arrived: Date,
        /// Confirmed with the applicant.
        confirmed: Option<Date>,
    },
    /// 互联网渠道.
    Online {
        /// Sent by the applicant.
        submitted: Date,
        /// Confirmed by both sides.
        confirmed: Option<Date>,
    },
    /// 传真.
    Fax {
        /// Arrived.
        arrived: Date,
        /// Confirmed by both sides.
        confirmed: Option<Date>,
    },
}

/// The day of receipt and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Deadlines run from this day.
    pub day: Date,
    /// The rule applied, in Chinese, with its clause.
    pub basis: String,
    /// What the office should have done otherwise, in Chinese.
    pub remark: Option<String>,
}

/// Why there is no day of receipt yet.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReceiptError {
    /// Not confirmed yet.
    #[error("申请尚未与申请人确认，收到之日还不能确定：请尽快与申请人确认，并登记确认之日（国令第711号第三十一条）")]
    NotConfirmed,
    /// Confirmed before it came.
    #[error("确认之日（{confirmed}）早于申请送达之日（{arrived}）：请改正日期", confirmed = chinese_date(*.confirmed), arrived = chinese_date(*.arrived))]
    ConfirmedTooEarly {
        /// Confirmed.
        confirmed: Date,
        /// Arrived.
        arrived: Date,
    },
}

/// The day of receipt of a request.
///
/// # Errors
/// [`ReceiptError`] while it is not confirmed where confirmation decides.
pub fn receipt_of_request(channel: ReceiptChannel) -> Result<Receipt, ReceiptError> {
    let confirmed = |arrived: Date, confirmed: Option<Date>| match confirmed {
        None => Err(ReceiptError::NotConfirmed),
        Some(confirmed) if confirmed < arrived => Err(ReceiptError::ConfirmedTooEarly { confirmed, arrived }),
        Some(confirmed) => Ok(confirmed),
    };
    let receipt =
        |day, clause: &str, remark| Receipt {
            day, basis: format!("{clause}（国令第711号第三十一条）"), remark
        };
    Ok(match channel {
        ReceiptChannel::InPerson { submitted } => receipt(submitted, "当面提交的，以提交之日为收到申请之日", None),
        ReceiptChannel::SignedMail { signed } => {
            receipt(signed, "以邮寄方式提交的，以行政机关签收之日为收到申请之日", None)
        }
        ReceiptChannel::OrdinaryMail { arrived, confirmed: on } => {
            let day = confirmed(arrived, on)?;
            let late = format!(
                "平常信函应当在收到当日（{}）与申请人确认，实际于{}确认",
                chinese_date(arrived),
                chinese_date(day)
            );
            let clause = "以平常信函等无需签收的方式邮寄的，以与申请人确认之日为收到申请之日";
            receipt(day, clause, (day > arrived).then_some(late))
        }
        ReceiptChannel::Online { submitted: arrived, confirmed: on } => {
            receipt(confirmed(arrived, on)?, "通过互联网渠道提交的，以双方确认之日为收到申请之日", None)
        }
        ReceiptChannel::Fax { arrived, confirmed: on } => {
            receipt(confirmed(arrived, on)?, "以传真提交的，以双方确认之日为收到申请之日", None)
        }
    })
}
