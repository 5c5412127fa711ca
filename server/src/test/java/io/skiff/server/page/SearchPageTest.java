package io.skiff.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with the page, done by a Chromium without a window. */
class SearchPageTest {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String HITS = "document.querySelectorAll('.hit').length";

    @TempDir
    private static Path data;

    private static PageFixture fixture;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        assumeTrue(
                Browser.installed().isPresent(),
                "no Chromium is installed (apt-get install chromium, or name one in SKIFF_CHROMIUM)");
        fixture = new PageFixture(data);
        browser = Browser.start(Browser.installed().get());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (fixture != null) {
            fixture.close();
        }
    }

    @BeforeEach
    void openPage() {
        browser.forget();
        browser.window(1100, 900, false);
        browser.dark(false);
        open("/");
        browser.await("document.querySelector('#welcome h1') !== null");
    }

    @AfterEach
    void nothingWentWrongOrLeftTheOrigin() {
        assertEquals(List.of(), browser.complaints());
        for (String request : browser.requests()) {
            assertTrue(request.startsWith(fixture.address() + "/") || request.equals("about:blank"), request);
        }
    }

    private static void open(String path) {
        browser.open(fixture.address() + path);
    }

    private static void search(String query) {
        browser.evaluate("document.getElementById('words').value = ''");
        browser.click("#words");
        browser.type(query);
        browser.press("Enter");
        browser.await("document.title.startsWith(" + Browser.quoted(query) + ") && !document.querySelector('.busy')"
                + " && document.querySelector('.status')?.innerText !== ''");
    }

    private static void openWith(String query, String mode) {
        open("/?index=boats&q=" + query + (mode.isEmpty() ? "" : "&mode=" + mode));
        browser.await(HITS + " > 0");
    }

    private static String firstTitle() {
        return browser.text("document.querySelector('.hit h2').innerText");
    }

    private static boolean is(String expression) {
        return browser.evaluate(expression).asBoolean(false);
    }

    @Test
    void typingFindsAndMarksWords() throws IOException {
        search("small boats");
        browser.await(HITS + " > 0");
        assertEquals("Small boats", firstTitle());
        assertEquals(
                "Small,boats",
                browser.text(
                        "[...document.querySelectorAll('.hit:first-child h2 mark')].map(m => m.innerText).join()"));
        assertTrue(browser.text("document.querySelector('.timing').innerText").contains("encode"));
        assertTrue(is("document.querySelector('#welcome').hidden"));
        browser.screenshot(SCREENSHOTS.resolve("light.png"));
    }

    @Test
    void modesFindDifferently() {
        openWith("boat", "");
        assertTrue(browser.text("document.body.innerText").contains("Small boats"));
        long words = browser.evaluate(HITS).asLong();
        browser.click("[data-mode=sparse]");
        browser.await("location.search.includes('mode=sparse') && !document.querySelector('.busy') && " + HITS + " > "
                + words);
        assertTrue(is("document.querySelector('[data-mode=sparse]').ariaChecked === 'true'"));
        assertTrue(is("[...document.querySelectorAll('.chip')].some(chip => chip.innerText.includes('ship'))"));
        for (String mode : List.of("linear", "rrf")) {
            browser.click("[data-mode=" + mode + "]");
            browser.await("location.search.includes('mode=" + mode + "') && !document.querySelector('.busy') && " + HITS
                    + " > 0");
        }
        browser.evaluate("history.back()");
        browser.await("document.querySelector('[data-mode=linear]').ariaChecked === 'true'");
    }

    @Test
    void hoverAndFocusTellWhatAWordDid() throws IOException {
        openWith("vessel", "sparse");
        assertTrue(is("document.querySelector('#tip').hidden"));
        browser.hover(".hit mark.expansion");
        browser.await("!document.querySelector('#tip').hidden");
        String tip = browser.text("document.querySelector('#tip').innerText");
        assertTrue(tip.contains("expansion") && tip.contains("+"), tip);
        browser.screenshot(SCREENSHOTS.resolve("hover.png"));
        browser.press("Escape");
        browser.await("document.querySelector('#tip').hidden");
        browser.evaluate("document.querySelector('.hit mark').focus()");
        browser.await("!document.querySelector('#tip').hidden");
    }

    @Test
    void whyShowsTokensAndTheWayToTheScore() throws IOException {
        openWith("boat%20sea", "rrf");
        browser.click(".hit .ask");
        browser.await("document.querySelector('.why .row') !== null");
        String why = browser.text("document.querySelector('.why').innerText");
        assertTrue(why.contains("reciprocal rank fusion of 2 lists"), why);
        assertTrue(why.contains("boat"), why);
        browser.click(".vector > summary");
        browser.screenshot(SCREENSHOTS.resolve("why.png"));
        browser.evaluate("document.querySelector('.tree').scrollIntoView({block: 'end', behavior: 'instant'})");
        browser.screenshot(SCREENSHOTS.resolve("why-tree.png"));
        browser.click(".hit .ask");
        assertTrue(is("document.querySelector('.why').hidden"));
    }

    @Test
    void theKeyboardReachesEverything() {
        openWith("boat", "");
        browser.evaluate("document.activeElement.blur()");
        browser.pressCharacter("/");
        assertTrue(is("document.activeElement.id === 'words'"));
        browser.press("ArrowDown");
        assertTrue(is("document.activeElement === document.querySelector('.hit')"));
        browser.press("Enter");
        assertTrue(is("!document.querySelector('.hit .whole').hidden"));
        browser.pressCharacter("w");
        browser.await("document.querySelector('.hit .why') !== null");
        browser.press("ArrowDown");
        browser.press("ArrowUp");
        browser.press("ArrowUp");
        assertTrue(is("document.activeElement.id === 'words'"));
        browser.evaluate("document.activeElement.blur()");
        browser.pressCharacter("2");
        browser.await("location.search.includes('mode=sparse')");
    }

    @Test
    void twoModesStandSideBySide() throws IOException {
        browser.window(1360, 900, false);
        openWith("boat", "");
        browser.evaluate("document.activeElement.blur()");
        browser.pressCharacter("c");
        browser.await(
                "document.querySelectorAll('.pane').length === 2 && document.querySelectorAll('.moved').length > 2");
        assertTrue(is(
                "document.querySelectorAll('.pane')[0].offsetTop === document.querySelectorAll('.pane')[1].offsetTop"));
        browser.screenshot(SCREENSHOTS.resolve("side-by-side.png"));
        assertTrue(is("location.search.includes('mode=bm25%2Crrf')"));
        browser.click("#compare");
        browser.await("document.querySelectorAll('.pane').length === 1");
    }

    @Test
    void modesThatAnIndexCannotDoSayWhy() {
        browser.evaluate("document.querySelector('#index').value = 'plain';"
                + "document.querySelector('#index').dispatchEvent(new Event('change'))");
        browser.await("document.querySelector('[data-mode=sparse]').ariaDisabled === 'true'");
        browser.click("[data-mode=rrf]");
        String reason = browser.text("document.querySelector('#reason').innerText");
        assertTrue(reason.contains("“plain” has no field that a model made"), reason);
        assertTrue(is("document.querySelector('[data-mode=bm25]').ariaChecked === 'true'"));
    }

    @Test
    void markupInDocumentsAndQueriesStaysText() {
        openWith("harmless", "");
        assertEquals("<img src=x onerror=\"window.xss=1\"> harmless", firstTitle());
        String hit = browser.text("document.querySelector('.hit').innerText");
        assertTrue(hit.contains("</p><script>window.xss=2</script>"), hit);
        browser.click(".hit .ask");
        browser.await("document.querySelector('.why') !== null");
        search("<svg onload=window.xss=3> harmless");
        assertTrue(is("window.xss === undefined"));
        assertEquals(
                0,
                browser.evaluate("document.querySelectorAll('main img, main script, main svg').length")
                        .asInt());
    }

    @Test
    void nothingFoundAndErrorsAreTold() {
        search("unheardof");
        browser.await("!document.querySelector('.nothing').hidden");
        assertTrue(browser.text("document.querySelector('.nothing').innerText").startsWith("Nothing found"));
    }

    @Test
    void itIsReadableInTheDarkAndOnAPhone() throws IOException {
        browser.dark(true);
        openWith("small%20boat%20sea", "linear");
        browser.screenshot(SCREENSHOTS.resolve("dark.png"));
        browser.window(390, 844, true);
        openWith("small%20boat%20sea", "sparse");
        assertTrue(
                is("document.documentElement.scrollWidth <= 390"),
                "the page is wider than a phone: " + browser.text("document.documentElement.scrollWidth"));
        browser.screenshot(SCREENSHOTS.resolve("phone-dark.png"));
        browser.dark(false);
        browser.click(".hit .ask");
        browser.await("document.querySelector('.why .row') !== null");
        assertTrue(is("document.documentElement.scrollWidth <= 390"));
        browser.screenshot(SCREENSHOTS.resolve("phone-why.png"));
        browser.window(1100, 900, false);
        open("/");
        browser.await("document.querySelector('#welcome h1') !== null");
        browser.screenshot(SCREENSHOTS.resolve("start.png"));
    }
}
