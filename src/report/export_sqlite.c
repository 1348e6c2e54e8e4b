/* A database. Its tables follow from the export's tables: a kind of column is a type, and what is
 * beyond that, keys and what refers to what, stands in `shapes`. Texts are bound, never pasted.
 *
 * In place of a document's id and a term there stand numbers where they refer to other tables. */
#include "report/export_formats.h"

#include "base/buffer.h"
#include "base/json_writer.h"
#include "report/export_tables.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { CONSTRAINTS_MAX = 10 };

/* What a column is besides its type. */
typedef struct Constraint {
    const char *column;
    const char *text;
} Constraint;

typedef struct Shape {
    const char *table;      /* its name among the export's tables */
    const char *name;       /* in the database */
    const char *row_number; /* a column in front that counts the rows from 1; NULL: none */
    const char *dropped[3]; /* columns that are left out, for they stand in another table */
    Constraint constraints[CONSTRAINTS_MAX];
    const char *key; /* behind the columns */
    const char *options;
} Shape;

/* clang-format off */
static const Shape shapes[] = {
    {"topics", "topics", NULL, {NULL},
     {{"topic", "PRIMARY KEY"}, {"share", "NOT NULL"}, {"n_docs", "NOT NULL"}}, "", "STRICT"},
    {"labels", "labels", NULL, {NULL},
     {{"topic", "PRIMARY KEY REFERENCES topics"}, {"hidden", "NOT NULL"}}, "", "STRICT"},
    {"documents", "documents", "doc", {NULL},
     {{"doc_id", "NOT NULL UNIQUE"}, {"n_tokens", "NOT NULL"}, {"n_terms", "NOT NULL"},
      {"topic", "REFERENCES topics"}, {"topic2", "REFERENCES topics"},
      {"topic3", "REFERENCES topics"}, {"modelled", "NOT NULL"}}, "", "STRICT"},
    {"vocabulary", "terms", NULL, {NULL},
     {{"term_id", "PRIMARY KEY"}, {"term", "NOT NULL UNIQUE"}, {"doc_freq", "NOT NULL"},
      {"term_freq", "NOT NULL"}, {"idf", "NOT NULL"}}, "", "STRICT"},
    {"topic_words", "topic_words", NULL, {"surface", "doc_freq"},
     {{"topic", "NOT NULL REFERENCES topics"}, {"rank", "NOT NULL"},
      {"term", "NOT NULL REFERENCES terms"}, {"prob", "NOT NULL"}, {"weight", "NOT NULL"}},
     ", PRIMARY KEY(topic, rank)", "WITHOUT ROWID, STRICT"},
    {"doc_topics", "doc_topics", NULL, {NULL},
     {{"doc_id", "NOT NULL REFERENCES documents"}, {"topic", "NOT NULL REFERENCES topics"},
      {"share", "NOT NULL"}},
     ", PRIMARY KEY(doc, topic)", "WITHOUT ROWID, STRICT"},
    {"topic_similarity", "topic_similarity", NULL, {NULL},
     {{"topic_a", "NOT NULL REFERENCES topics"}, {"topic_b", "NOT NULL REFERENCES topics"},
      {"js_distance", "NOT NULL"}, {"cosine", "NOT NULL"}},
     ", PRIMARY KEY(topic_a, topic_b)", "WITHOUT ROWID, STRICT"},
    {"run", "run", NULL, {NULL}, {{"key", "PRIMARY KEY"}}, "", "STRICT"},
};
/* clang-format on */

static const char views[] =
    "CREATE INDEX doc_topics_by_topic ON doc_topics(topic, share DESC);"
    "CREATE INDEX topic_words_by_term ON topic_words(term_id);"
    "CREATE VIEW v_top_words AS SELECT w.topic, p.label, w.rank, t.term, t.surface, w.prob, "
    "w.weight, w.lift FROM topic_words w JOIN terms t USING(term_id) JOIN topics p USING(topic);"
    "CREATE VIEW v_doc_topics AS SELECT d.doc_id, d.title, d.date, x.topic, p.label, x.share "
    "FROM doc_topics x JOIN documents d USING(doc) JOIN topics p ON p.topic = x.topic;";

/* A table on its way into the database. */
typedef struct Filler {
    const char *place;
    const Model *model;
    sqlite3 *database;
    const Shape *shape;
    const Table *table;
    bool with_metadata; /* the columns from ALL_DOCUMENTS_COLUMNS on, as one object of JSON */
    int columns;        /* of the table, before metadata */
    int64_t document;   /* the last that doc_id told */
    sqlite3_stmt *insert;
    char *json; /* owned: the metadata of one document */
    size_t json_length;
    FILE *json_file; /* writes `json` */
} Filler;

static Status set_failure(const Filler *filler, Error *error)
{
    sqlite3 *database = filler->database;
    const int code = sqlite3_errcode(database);
    return error_set(error, STATUS_FAILED, "%s: cannot be written (%s)", filler->place,
                     code == SQLITE_FULL    ? "No space left on device"
                     : code == SQLITE_IOERR ? "Input/output error"
                                            : sqlite3_errmsg(database));
}

static Status run_sql(const Filler *filler, const char *sql, Error *error)
{
    return sqlite3_exec(filler->database, sql, NULL, NULL, NULL) == SQLITE_OK
               ? STATUS_OK
               : set_failure(filler, error);
}

/* ---- tables ---- */

static const Shape *find_shape(const Table *table, Shape *plain)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (strcmp(shapes[i].table, table->name) == 0) {
            return &shapes[i];
        }
    }
    *plain = (Shape){.table = table->name, .name = table->name, .key = "", .options = "STRICT"};
    return plain;
}

static bool is_dropped(const Shape *shape, const char *column)
{
    for (int i = 0; i < 3 && shape->dropped[i]; i++) {
        if (strcmp(shape->dropped[i], column) == 0) {
            return true;
        }
    }
    return false;
}

static const char *constraint_of(const Shape *shape, const char *column)
{
    for (int i = 0; i < CONSTRAINTS_MAX && shape->constraints[i].column; i++) {
        if (strcmp(shape->constraints[i].column, column) == 0) {
            return shape->constraints[i].text;
        }
    }
    return "";
}

/* Whether a column is a reference by number to what it names. */
static bool is_term(const Shape *shape, const char *column)
{
    return strcmp(column, "term") == 0 && strcmp(shape->name, "terms") != 0;
}

static bool is_document(const Shape *shape, const char *column)
{
    return strcmp(column, "doc_id") == 0 && strcmp(shape->name, "documents") != 0;
}

static Status print_column(const Shape *shape, const Column *column, Buffer *sql, Error *error)
{
    const bool is_term_id = is_term(shape, column->name), is_doc = is_document(shape, column->name);
    const char *name = is_term_id ? "term_id" : is_doc ? "doc" : column->name;
    const char *type = is_term_id || is_doc || column->kind == COLUMN_WHOLE ? "INTEGER"
                       : column->kind == COLUMN_TEXT                        ? "TEXT"
                                                                            : "REAL";
    const char *constraint = constraint_of(shape, column->name);
    return buffer_print(sql, error, "%s%s %s%s%s", sql->bytes[sql->length - 1] == '(' ? "" : ", ",
                        name, type, constraint[0] ? " " : "", constraint);
}

/* The names of columns are the program's own: those of metadata are in JSON. */
static Status create_table(Filler *filler, Error *error)
{
    const Shape *shape = filler->shape;
    Buffer create = {0}, insert = {0};
    Status status = buffer_print(&create, error, "CREATE TABLE %s(", shape->name);
    status = status ? status : buffer_print(&insert, error, "INSERT INTO %s VALUES(", shape->name);
    if (!status && shape->row_number) {
        status = buffer_print(&create, error, "%s INTEGER PRIMARY KEY", shape->row_number);
        status = status ? status : buffer_append_text(&insert, "?", error);
    }
    for (int c = 0; c < filler->columns && !status; c++) {
        const Column *column = &filler->table->columns[c];
        if (!is_dropped(shape, column->name)) {
            status = print_column(shape, column, &create, error);
            status =
                status ? status
                       : buffer_append_text(
                             &insert, insert.bytes[insert.length - 1] == '(' ? "?" : ", ?", error);
        }
    }
    if (!status && filler->with_metadata) {
        status = buffer_append_text(&create, ", meta TEXT", error);
        status = status ? status : buffer_append_text(&insert, ", json(?)", error);
    }
    if (!status) {
        status = buffer_print(&create, error, "%s) %s", shape->key, shape->options);
        status = status ? status : buffer_append_text(&insert, ")", error);
    }
    if (!status) {
        status = run_sql(filler, create.bytes, error);
    }
    if (!status && sqlite3_prepare_v2(filler->database, insert.bytes, -1, &filler->insert, NULL) !=
                       SQLITE_OK) {
        status = set_failure(filler, error);
    }
    buffer_free(&create);
    buffer_free(&insert);
    return status;
}

/* ---- rows ---- */

/* The number, from 1, of a document whose rows come in the documents' order. */
static int64_t document_number(Filler *filler, const char *id)
{
    const DocumentList *documents = &filler->model->documents;
    while (strcmp(documents->items[filler->document].id, id) != 0) {
        filler->document = (filler->document + 1) % documents->count;
    }
    return filler->document + 1;
}

static int64_t term_number(const Model *model, const char *term)
{
    return (int64_t)vocabulary_find(&model->vocabulary, term, strlen(term)) + 1;
}

/* Returns what SQLite says; a value that is missing stays NULL, as sqlite3_clear_bindings left it.
 */
static int bind_value(Filler *filler, int place, const Column *column, const Value *value)
{
    sqlite3_stmt *insert = filler->insert;
    const bool is_text = column->kind == COLUMN_TEXT;
    if (value->missing || (is_text && !value->text[0])) {
        return SQLITE_OK;
    }
    if (is_term(filler->shape, column->name)) {
        return sqlite3_bind_int64(insert, place, term_number(filler->model, value->text));
    }
    if (is_document(filler->shape, column->name)) {
        return sqlite3_bind_int64(insert, place, document_number(filler, value->text));
    }
    if (is_text) {
        return sqlite3_bind_text(insert, place, value->text, -1, SQLITE_STATIC);
    }
    return column->kind == COLUMN_WHOLE ? sqlite3_bind_int64(insert, place, value->whole)
                                        : sqlite3_bind_double(insert, place, value_number(value));
}

/* The values of metadata that there are, as an object; NULL if there are none. */
static Status bind_metadata(Filler *filler, int place, const Value *values, Error *error)
{
    bool any = false;
    rewind(filler->json_file);
    JsonWriter json = {.file = filler->json_file};
    json_open_object(&json);
    for (int c = filler->columns; c < filler->table->column_count; c++) {
        if (values[c].text[0]) {
            json_key(&json, filler->model->documents.columns.items[c - filler->columns]);
            json_text(&json, values[c].text);
            any = true;
        }
    }
    json_close_object(&json);
    if (fflush(filler->json_file) != 0) {
        return error_set(error, STATUS_FAILED, "out of memory");
    }
    const int length = (int)ftell(filler->json_file);
    const int code =
        any ? sqlite3_bind_text(filler->insert, place, filler->json, length, SQLITE_STATIC)
            : SQLITE_OK;
    return code == SQLITE_OK ? STATUS_OK : set_failure(filler, error);
}

static Status insert_row(Filler *filler, int64_t row, Error *error)
{
    Value values[TABLE_COLUMNS_MAX];
    Status status = STATUS_OK;
    int place = 0;
    table_row(filler->table, row, values);
    sqlite3_clear_bindings(filler->insert);
    int code = SQLITE_OK;
    if (filler->shape->row_number) {
        code = sqlite3_bind_int64(filler->insert, ++place, row + 1);
    }
    for (int c = 0; c < filler->columns && code == SQLITE_OK; c++) {
        if (!is_dropped(filler->shape, filler->table->columns[c].name)) {
            code = bind_value(filler, ++place, &filler->table->columns[c], &values[c]);
        }
    }
    if (code != SQLITE_OK) {
        status = set_failure(filler, error);
    }
    if (!status && filler->with_metadata) {
        status = bind_metadata(filler, ++place, values, error);
    }
    if (!status && sqlite3_step(filler->insert) != SQLITE_DONE) {
        status = set_failure(filler, error);
    }
    sqlite3_reset(filler->insert);
    return status;
}

static Status fill_table(Filler *filler, Error *error)
{
    filler->with_metadata = strcmp(filler->shape->name, "documents") == 0;
    filler->columns = filler->with_metadata ? ALL_DOCUMENTS_COLUMNS : filler->table->column_count;
    if (filler->with_metadata) {
        filler->json_file = open_memstream(&filler->json, &filler->json_length);
        if (!filler->json_file) {
            return error_errno(error, filler->place);
        }
    }
    Status status = create_table(filler, error);
    for (int64_t row = 0; row < filler->table->row_count && !status; row++) {
        status = insert_row(filler, row, error);
    }
    sqlite3_finalize(filler->insert);
    if (filler->json_file) {
        fclose(filler->json_file);
    }
    free(filler->json);
    return status;
}

/* `database` has what is the same for every table. */
static Status add_table(const Filler *database, const ExportTable *entry, Error *error)
{
    Table table = {0};
    Shape plain;
    Status status = entry->make(database->model, &table, error);
    if (!status) {
        Filler filler = *database;
        filler.table = &table;
        filler.shape = find_shape(&table, &plain);
        status = fill_table(&filler, error);
    }
    table_free(&table);
    return status;
}

/* ---- the database ---- */

/* The file has a temporary name until it is complete, and is synced before it gets its own: a
 * journal would guard nothing. */
static const char settings[] =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA cache_size = -65536; PRAGMA user_version = 1;"
    "BEGIN;";

Status export_sqlite(Export *export, const char *path, Error *error)
{
    Filler filler = {.place = export->place, .model = export->model};
    Status status = STATUS_OK;
    if (sqlite3_open_v2(path, &filler.database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) !=
        SQLITE_OK) {
        status = filler.database
                     ? set_failure(&filler, error)
                     : error_set(error, STATUS_FAILED, "out of memory: %s", export->place);
    }
    if (!status) {
        status = run_sql(&filler, settings, error);
    }
    for (const ExportTable *entry = export_tables; entry->make && !status; entry++) {
        status = add_table(&filler, entry, error);
    }
    if (!status) {
        status = run_sql(&filler, views, error);
    }
    if (!status) {
        status = run_sql(&filler, "COMMIT", error);
    }
    if (sqlite3_close(filler.database) != SQLITE_OK && !status) {
        status = error_set(error, STATUS_FAILED, "%s: cannot be closed", export->place);
    }
    return status;
}
