"""What a reading page costs a phone: few bytes, few requests, no script."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
KILOBYTE = 1024
ARTICLE = 60 * KILOBYTE  # HTML and CSS together, uncompressed
TOPIC = 110 * KILOBYTE  # the longest cites over thirty sources, each with ways back to the text


@pytest.mark.parametrize(
    ("address", "limit"),
    [
        ("/articles/infections-injuries-and-other-exposures/", ARTICLE),
        ("/triggers/inflammation/", TOPIC),
    ],
)
def test_the_longest_pages(browser, starter_server, address, limit):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto(starter_server + address, wait_until="networkidle")
    weight = sum(
        len(response.body())
        for response in responses
        if response.request.resource_type in ("document", "stylesheet")
    )
    words = page.get_by_role("main").inner_text()
    context.close()
    print(f"{address}: {len(responses)} requests, {weight} bytes")
    assert len(responses) <= 6
    assert weight <= limit
    assert "Cite this page" in words
