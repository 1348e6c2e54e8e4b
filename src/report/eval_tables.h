/* The tables of a model's topics beside the classes that its documents are in by their labels. As
 * report/tables.h: each borrows what it is made of, and is released with table_free. */
#ifndef THEMATA_REPORT_EVAL_TABLES_H
#define THEMATA_REPORT_EVAL_TABLES_H

#include "base/error.h"
#include "model/agreement.h"
#include "model/model.h"
#include "report/table.h"

/* The most classes that fit side by side where people read. */
enum { CLASSES_ACROSS = 20 };

/* All is borrowed. */
typedef struct LabelledTopics {
    const Model *model;
    const Classes *classes;
    const Contingency *contingency; /* topics × classes */
    int words;
} LabelledTopics;

/* The name that the labels suggest for a topic (from 0): its class, if that is clear and the topic
 * not hidden; NULL otherwise. */
const char *suggested_label(const LabelledTopics *topics, int topic);

/* Topics by number: topic, label, n_docs (with a label), the class that most of them have,
 * topic_share (the part of them that has it), suggested_label, top_words. */
Status topic_classes_table(const LabelledTopics *topics, Table *table, Error *error);

/* Every pair of topic and class that has documents: topic, label, class, n_docs, topic_share (of
 * the topic's documents), class_share (of the class's). */
Status contingency_table(const LabelledTopics *topics, Table *table, Error *error);

/* The same with a column for each class, of which there are at most CLASSES_ACROSS: for people. */
Status contingency_across_table(const LabelledTopics *topics, Table *table, Error *error);

#endif
