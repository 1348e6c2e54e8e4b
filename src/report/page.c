/* The frame of the report: head, static part, blocks of data, script. */
#include "report/page.h"

#include "base/base64.h"
#include "report/html_escape.h"
#include "report/page_assets.h"
#include "report/page_block.h"
#include "report/page_parts.h"

const char *const page_text_names[] = {"none", "snippets", "excerpts", "full", NULL};

bool page_has_script(void)
{
    return page_script.length > 0;
}

void page_tell_modules(LibraryFunction *tell, void *context)
{
    char text[1000];
    size_t filled = 0;
    for (const char *at = page_modules; *at && filled < sizeof text - 3; at++) {
        if (*at != '\n') {
            text[filled++] = *at;
        } else if (at[1]) {
            text[filled++] = ',';
            text[filled++] = ' ';
        }
    }
    text[filled] = '\0';
    tell(context, "reports",
         page_has_script() ? text : "static pages: built without esbuild or D3");
}

/* ---- head ---- */

static void write_hash(FILE *file, const PageAsset *asset)
{
    Base64 base64 = {.file = file};
    fputs("'sha256-", file);
    base64_write(&base64, asset->sha256, sizeof asset->sha256);
    base64_end(&base64);
    putc('\'', file);
}

/* Nothing but the page's own script and style is let in, and no text becomes markup. */
static void write_policy(FILE *file)
{
    fputs("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
          "script-src ",
          file);
    if (page_has_script()) {
        write_hash(file, &page_script);
    } else {
        fputs("'none'", file);
    }
    fputs("; style-src ", file);
    write_hash(file, &page_style);
    fputs("; img-src data:; base-uri 'none'; form-action 'none'; "
          "require-trusted-types-for 'script'; trusted-types 'none'\">\n",
          file);
}

static void write_head(const PageData *data, FILE *file)
{
    fputs(PAGE_MARK_BEGIN "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n", file);
    write_policy(file);
    fputs("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"referrer\" content=\"no-referrer\">\n<title>",
          file);
    html_escape(file, data->title);
    fputs("</title>\n<style>", file);
    fwrite(page_style.text, 1, page_style.length, file);
    fputs("</style>\n</head>\n", file);
}

/* ---- blocks ---- */

static bool always(const PageData *data)
{
    (void)data;
    return true;
}

static bool has_text(const PageData *data)
{
    return data->page->texts && data->page->texts->count > 0;
}

static bool has_map(const PageData *data)
{
    return data->model->k > 1 && data->map.places.x;
}

static bool has_time(const PageData *data)
{
    return data->timeline.bins.count > 0;
}

static bool has_groups(const PageData *data)
{
    return data->field_count > 0;
}

static bool has_pairs(const PageData *data)
{
    return data->model->k > 1;
}

/* A block is a line here; a section of the page whose block is not there is not there either. */
static const struct {
    const char *name;
    bool (*is_there)(const PageData *data);
    PageBlockWriter *write;
} blocks[] = {
    {"meta", always, page_write_meta},         {"topics", always, page_write_topics},
    {"words", always, page_write_words},       {"documents", always, page_write_documents},
    {"text", has_text, page_write_text},       {"time", has_time, page_write_time},
    {"groups", has_groups, page_write_groups}, {"pairs", has_pairs, page_write_pairs},
    {"map", has_map, page_write_map},          {"quality", always, page_write_quality},
    {"about", always, page_write_about},
};

static Status write_body(const PageData *data, FILE *file, Error *error)
{
    fputs("<body>\n<div id=\"app\"></div>\n", file);
    Status status = page_write_static(data, file, error);
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks && page_has_script() && !status; i++) {
        if (blocks[i].is_there(data)) {
            status = page_block_write(file, blocks[i].name, blocks[i].write, data, error);
        }
    }
    if (page_has_script()) {
        fputs("<script>", file);
        fwrite(page_script.text, 1, page_script.length, file);
        fputs("</script>\n", file);
    }
    fputs("</body>\n</html>\n", file);
    return status;
}

Status page_write(const Page *page, FILE *file, Error *error)
{
    if (page->model->k > PAGE_TOPICS_MOST) {
        return error_set(error, STATUS_INPUT, "a page has at most %d topics (the model has %d)",
                         PAGE_TOPICS_MOST, page->model->k);
    }
    PageData data = {.model = page->model};
    Status status = page_data_make(page, &data, error);
    if (!status) {
        write_head(&data, file);
        status = write_body(&data, file, error);
    }
    page_data_free(&data);
    return status;
}
