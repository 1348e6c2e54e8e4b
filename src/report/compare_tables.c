#include "report/compare_tables.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "report/values.h"

#include <stdlib.h>
#include <string.h>

/* The texts of a row. */
enum { TEXT_KEPT, TEXT_LOST, TEXT_GAINED, TEXT_LOST_UNKNOWN, TEXT_GAINED_UNKNOWN, TEXTS };

typedef struct MatchRow {
    int first; /* either may be TOPIC_NONE */
    int second;
    Buffer texts[TEXTS];
} MatchRow;

typedef struct Context {
    ComparedModels models;
    MatchRow *rows; /* owned; of the matches, or for the words of the relations */
    int64_t row_count;
    Column columns[TABLE_COLUMNS_MAX];
} Context;

static void release(void *opaque)
{
    Context *context = opaque;
    for (int64_t row = 0; row < context->row_count; row++) {
        for (int text = 0; text < TEXTS; text++) {
            buffer_free(&context->rows[row].texts[text]);
        }
    }
    free(context->rows);
    free(context);
}

/* Labels are left out for people while no topic of their model has one. */
static Context *begin_table(const ComparedModels *models, Table *table, const Column *columns,
                            int column_count, Error *error)
{
    Context *context = memory_new(1, sizeof *context, error);
    *table = (Table){.column_count = column_count, .release = release, .context = context};
    if (!context) {
        return NULL;
    }
    context->models = *models;
    memcpy(context->columns, columns, (size_t)column_count * sizeof *columns);
    for (int c = 0; c < column_count; c++) {
        Column *column = &context->columns[c];
        if (strcmp(column->name, "label_a") == 0) {
            column->only_files = !has_labels(models->first);
        } else if (strcmp(column->name, "label_b") == 0) {
            column->only_files = !has_labels(models->second);
        }
    }
    table->columns = context->columns;
    return context;
}

/* ---- cells ---- */

static Value topic_value(int topic)
{
    return topic == TOPIC_NONE ? missing_value : whole_value(topic + 1);
}

static Value label_value(const Model *model, int topic)
{
    return topic == TOPIC_NONE ? missing_value : text_value(model->labels[topic].label);
}

static Value share_value(const Model *model, int topic)
{
    return topic == TOPIC_NONE ? missing_value : number_value(model->shares[topic]);
}

static Value documents_value_of(const Model *model, int topic)
{
    return topic == TOPIC_NONE ? missing_value : whole_value(model->main_documents[topic]);
}

/* Documents whose main topics are these two. */
static Value both_value(const ComparedModels *models, int first, int second)
{
    const Contingency *topics = &models->movement->topics;
    return first == TOPIC_NONE || second == TOPIC_NONE
               ? missing_value
               : whole_value(topics->counts[(int64_t)first * topics->columns + second]);
}

/* ---- words ---- */

static Status append_word(Buffer *text, const Model *model, WordId word, Error *error)
{
    return buffer_print(text, error, "%s%s", text->length ? ", " : "", model_surface(model, word));
}

static bool contains(const TopicWord *words, int64_t count, WordId word)
{
    for (int64_t i = 0; i < count; i++) {
        if (words[i].word == word) {
            return true;
        }
    }
    return false;
}

/* A topic's model, and its top words beside those of the topic in the other model. */
typedef struct Words {
    const Model *model;
    const WordId *other_word; /* of the model's words */
    TopicWord *top;
    int64_t count;
} Words;

/* Sorts the top words of one topic by whether the other has them. */
static Status part_words(const Words *own, const Words *other, Buffer *both, Buffer *alone,
                         Buffer *unknown, Error *error)
{
    Status status = STATUS_OK;
    for (int64_t i = 0; i < own->count && !status; i++) {
        const WordId word = own->top[i].word, theirs = own->other_word[word];
        const bool is_known = theirs != WORD_NONE;
        if (is_known && contains(other->top, other->count, theirs)) {
            status = both ? append_word(both, own->model, word, error) : STATUS_OK;
            continue;
        }
        status = append_word(alone, own->model, word, error);
        if (!status && !is_known) {
            status = append_word(unknown, own->model, word, error);
        }
    }
    return status;
}

static Status find_top(Words *words, int topic, int64_t most, Error *error)
{
    words->count =
        topic == TOPIC_NONE ? 0 : model_top_words(words->model, topic + 1, most, words->top, error);
    return words->count < 0 ? error_status(error) : STATUS_OK;
}

static Status fill_words(Context *context, Error *error)
{
    const ComparedModels *models = &context->models;
    Words first = {.model = models->first, .other_word = models->alignment->second_word};
    Words second = {.model = models->second, .other_word = models->alignment->first_word};
    const WordId words = models->first->vocabulary.count, others = models->second->vocabulary.count;
    const int64_t all = words > others ? words : others;
    const int64_t most = models->words < all ? models->words : all;
    first.top = memory_new((size_t)most, sizeof *first.top, error);
    second.top = memory_new((size_t)most, sizeof *second.top, error);
    Status status = first.top && second.top ? STATUS_OK : error_status(error);
    for (int64_t i = 0; i < context->row_count && !status; i++) {
        MatchRow *row = &context->rows[i];
        Buffer *texts = row->texts;
        status = find_top(&first, row->first, most, error);
        status = status ? status : find_top(&second, row->second, most, error);
        if (!status) {
            status = part_words(&first, &second, &texts[TEXT_KEPT], &texts[TEXT_LOST],
                                &texts[TEXT_LOST_UNKNOWN], error);
        }
        if (!status) {
            status = part_words(&second, &first, NULL, &texts[TEXT_GAINED],
                                &texts[TEXT_GAINED_UNKNOWN], error);
        }
    }
    free(first.top);
    free(second.top);
    return status;
}

/* ---- partners ---- */

static const Column matches_columns[] = {
    {"topic_a", COLUMN_WHOLE, false, 0},    {"label_a", COLUMN_TEXT, false, 0},
    {"topic_b", COLUMN_WHOLE, false, 0},    {"label_b", COLUMN_TEXT, false, 0},
    {"relation", COLUMN_TEXT, true, 0},     {"similarity", COLUMN_NUMBER, false, 3},
    {"share_a", COLUMN_SHARE, false, 0},    {"share_b", COLUMN_SHARE, false, 0},
    {"n_docs_a", COLUMN_WHOLE, true, 0},    {"n_docs_b", COLUMN_WHOLE, true, 0},
    {"n_docs_both", COLUMN_WHOLE, true, 0}, {"words_kept", COLUMN_TEXT, false, 0},
    {"words_lost", COLUMN_TEXT, false, 0},  {"words_gained", COLUMN_TEXT, false, 0},
    {"lost_unknown", COLUMN_TEXT, true, 0}, {"gained_unknown", COLUMN_TEXT, true, 0},
};

/* Why a topic has no partner: as which part, or as which topic alone, it stands in the relations.
 */
static const char *reason_of(const Alignment *alignment, int first, int second)
{
    for (int64_t i = 0; i < alignment->relation_count; i++) {
        const TopicRelation *relation = &alignment->relations[i];
        const bool of_first =
            relation->kind == RELATION_MERGED || relation->kind == RELATION_VANISHED;
        if (of_first ? first != TOPIC_NONE && relation->first == first
                     : second != TOPIC_NONE && relation->second == second) {
            return relation_names[relation->kind];
        }
    }
    assert(!"a topic without a partner has a relation");
    return "";
}

static void fill_match(void *opaque, int64_t at, Value *values)
{
    const Context *context = opaque;
    const ComparedModels *models = &context->models;
    const MatchRow *row = &context->rows[at];
    const Alignment *alignment = models->alignment;
    const bool are_partners = row->first != TOPIC_NONE && row->second != TOPIC_NONE;
    values[0] = topic_value(row->first);
    values[1] = label_value(models->first, row->first);
    values[2] = topic_value(row->second);
    values[3] = label_value(models->second, row->second);
    values[4] =
        text_value(are_partners ? "partner" : reason_of(alignment, row->first, row->second));
    values[5] =
        are_partners
            ? number_value(alignment->similarity[(int64_t)row->first * alignment->second_topics +
                                                 row->second])
            : missing_value;
    values[6] = share_value(models->first, row->first);
    values[7] = share_value(models->second, row->second);
    values[8] = documents_value_of(models->first, row->first);
    values[9] = documents_value_of(models->second, row->second);
    values[10] = both_value(models, row->first, row->second);
    for (int text = 0; text < TEXTS; text++) {
        values[11 + text] = text_value(buffer_text(&row->texts[text]));
    }
}

static void list_matches(Context *context, bool partners_only)
{
    const ComparedModels *models = &context->models;
    const Alignment *alignment = models->alignment;
    for (int a = 0; a < models->first->k; a++) {
        if (alignment->partner[a] != TOPIC_NONE) {
            context->rows[context->row_count++] =
                (MatchRow){.first = a, .second = alignment->partner[a]};
        }
    }
    for (int a = 0; a < models->first->k && !partners_only; a++) {
        if (alignment->partner[a] == TOPIC_NONE && !models->first->labels[a].hidden) {
            context->rows[context->row_count++] = (MatchRow){.first = a, .second = TOPIC_NONE};
        }
    }
    for (int b = 0; b < models->second->k && !partners_only; b++) {
        if (alignment->first_partner[b] == TOPIC_NONE && !models->second->labels[b].hidden) {
            context->rows[context->row_count++] = (MatchRow){.first = TOPIC_NONE, .second = b};
        }
    }
}

Status topic_matches_table(const ComparedModels *models, bool partners_only, Table *table,
                           Error *error)
{
    Context *context = begin_table(models, table, COLUMNS_OF(matches_columns), error);
    if (!context) {
        return error_status(error);
    }
    table->name = "topic_matches";
    table->fill = fill_match;
    context->rows = memory_new((size_t)models->first->k + (size_t)models->second->k,
                               sizeof *context->rows, error);
    if (!context->rows) {
        return error_status(error);
    }
    list_matches(context, partners_only);
    table->row_count = context->row_count;
    return fill_words(context, error);
}

/* ---- relations ---- */

static const Column relations_columns[] = {
    {"relation", COLUMN_TEXT, false, 0},   {"topic_a", COLUMN_WHOLE, false, 0},
    {"label_a", COLUMN_TEXT, false, 0},    {"topic_b", COLUMN_WHOLE, false, 0},
    {"label_b", COLUMN_TEXT, false, 0},    {"similarity", COLUMN_NUMBER, false, 3},
    {"together", COLUMN_NUMBER, false, 3}, {"share_a", COLUMN_SHARE, false, 0},
    {"share_b", COLUMN_SHARE, false, 0},   {"n_docs_both", COLUMN_WHOLE, false, 0},
    {"top_words", COLUMN_TEXT, false, 0},
};

static void fill_relation(void *opaque, int64_t at, Value *values)
{
    const Context *context = opaque;
    const ComparedModels *models = &context->models;
    const TopicRelation *relation = &models->alignment->relations[at];
    const bool has_parts = relation->kind == RELATION_SPLIT || relation->kind == RELATION_MERGED;
    const Buffer *texts = context->rows[at].texts;
    values[0] = text_value(relation_names[relation->kind]);
    values[1] = topic_value(relation->first);
    values[2] = label_value(models->first, relation->first);
    values[3] = topic_value(relation->second);
    values[4] = label_value(models->second, relation->second);
    values[5] = number_value(relation->similarity);
    values[6] = has_parts ? number_value(relation->together) : missing_value;
    values[7] = share_value(models->first, relation->first);
    values[8] = share_value(models->second, relation->second);
    values[9] = both_value(models, relation->first, relation->second);
    values[10] = text_value(
        buffer_text(&texts[context->rows[at].first == TOPIC_NONE ? TEXT_GAINED : TEXT_LOST]));
}

Status topic_relations_table(const ComparedModels *models, Table *table, Error *error)
{
    Context *context = begin_table(models, table, COLUMNS_OF(relations_columns), error);
    if (!context) {
        return error_status(error);
    }
    const Alignment *alignment = models->alignment;
    table->name = "topic_relations";
    table->fill = fill_relation;
    context->rows = memory_new((size_t)alignment->relation_count, sizeof *context->rows, error);
    if (!context->rows) {
        return error_status(error);
    }
    table->row_count = context->row_count = alignment->relation_count;
    for (int64_t i = 0; i < alignment->relation_count; i++) { /* the words of the part alone */
        const TopicRelation *relation = &alignment->relations[i];
        const bool of_first =
            relation->kind == RELATION_MERGED || relation->kind == RELATION_VANISHED;
        context->rows[i].first = of_first ? relation->first : TOPIC_NONE;
        context->rows[i].second = of_first ? TOPIC_NONE : relation->second;
    }
    return fill_words(context, error);
}

/* ---- documents ---- */

static const Column moved_columns[] = {
    {"doc_id", COLUMN_TEXT, false, 0},   {"doc_id_b", COLUMN_TEXT, true, 0},
    {"title", COLUMN_TEXT, false, 0},    {"move", COLUMN_TEXT, false, 0},
    {"topic_a", COLUMN_WHOLE, false, 0}, {"label_a", COLUMN_TEXT, false, 0},
    {"share_a", COLUMN_SHARE, false, 0}, {"topic_b", COLUMN_WHOLE, false, 0},
    {"label_b", COLUMN_TEXT, false, 0},  {"share_b", COLUMN_SHARE, false, 0},
};

static void fill_move(void *opaque, int64_t at, Value *values)
{
    const Context *context = opaque;
    const ComparedModels *models = &context->models;
    const DocumentMove *move = &models->movement->items[at];
    const DocumentFacts *facts = &models->first->documents.items[move->pair.first];
    const char *other_id = models->second->documents.items[move->pair.second].id;
    values[0] = text_value(facts->id);
    values[1] = strcmp(facts->id, other_id) == 0 ? missing_value : text_value(other_id);
    values[2] = text_value(facts->title);
    values[3] = text_value(move_names[move->kind]);
    values[4] = topic_value(move->first_topic);
    values[5] = label_value(models->first, move->first_topic);
    values[6] = float_value(move->first_share);
    values[7] = topic_value(move->second_topic);
    values[8] = label_value(models->second, move->second_topic);
    values[9] = float_value(move->second_share);
}

Status moved_documents_table(const ComparedModels *models, int64_t most, Table *table, Error *error)
{
    Context *context = begin_table(models, table, COLUMNS_OF(moved_columns), error);
    if (!context) {
        return error_status(error);
    }
    table->name = "moved_documents";
    table->fill = fill_move;
    table->row_count = most < models->movement->count ? most : models->movement->count;
    return STATUS_OK;
}
