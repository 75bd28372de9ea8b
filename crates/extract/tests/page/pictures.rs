use crate::{html, page, sentences};

#[test]
fn pictures_that_load_late_are_found_and_small_print_is_safe() {
    let page = page(&format!(
        "<div id=zoom>{}<p><img src='data:image/gif;base64,AA' data-src='/p/1.jpg' alt='说明&quot;&lt;'></p>
         <p><img src=loading.gif data-original='2.png' onerror=alert(1)></p><p><img src='javascript:x'></p><p><img src='3.jpg'></p></div>",
        sentences(3)
    ));
    let addresses: Vec<&str> = page.images.iter().map(|image| image.address.as_str()).collect();
    assert_eq!(
        addresses,
        [
            "https://www.example.gov.cn/p/1.jpg",
            "https://www.example.gov.cn/zwgk/tz/2.png",
            "https://www.example.gov.cn/zwgk/tz/3.jpg"
        ]
    );
    assert!(html(&page).contains("alt=\"说明&quot;&lt;\""), "{}", html(&page));
    assert!(!html(&page).contains("onerror"));
}
