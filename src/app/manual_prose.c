/* What the manual pages say that no table does. */
#include "app/manual.h"

#include <stddef.h>

#define PARAGRAPHS(...)                                                                            \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

const ManualProse manual_prose[] = {
    {"fit",
     PARAGRAPHS(
         "Reads the documents of CORPUS, counts their words, leaves out stop words and words in "
         "too few or too many documents, weighs the rest by TF-IDF and factors the matrix into "
         "topics. The topics are printed; the model is a directory, by default named after the "
         "corpus with .themata, that other commands take and other programs can read.",
         "CORPUS is a directory, a table, JSON, lines, an archive or - for standard input; see "
         "themata-formats(5). With --matrix a ready matrix takes its place.",
         "In the model, model.json says how it was made, topics.npy and mixtures.npy hold topics "
         "and mixtures, documents.csv and vocabulary.csv documents and words, labels.csv your "
         "names for the topics, and tables/ what a spreadsheet or a statistics program wants. "
         "report.html shows it all in a browser (see report). "
         "run.json alone has times and paths.",
         "After Ctrl-C what there is by then is written; a second one ends at once, and leaves "
         "nothing half-written.")},
    {"factor",
     PARAGRAPHS(
         "Factors a table of numbers that are 0 or more, of any origin, into a few factors: "
         "each item, by default a row, is described as a mixture of them, and each factor is "
         "made of entries, by default columns. TABLE is CSV or TSV, lines of row, column and "
         "value, a Matrix Market file, an array of NumPy's (.npy), a sparse matrix of scipy's "
         "(.npz), or a directory of PGM images.",
         "Prints the factors with their strongest entries and items, the main factor of each item "
         "of a small table, how much of the table is explained, and what is explained worst. The "
         "model is a directory like that of fit, which topics, docs, explain, compare and export "
         "take; entries stand for words there, items for documents, factors for topics.",
         "-k with a range, such as 2:20, makes no model: the known cells that --test-fraction "
         "takes out are predicted with each number of factors, and the one that predicts them "
         "best is recommended. With --restarts and --consensus it is written how often the "
         "starts put two items together, in the order of a tree over the items, as tables and as "
         "consensus.svg.",
         "The main factor of an item is that of the largest share of its mass. Whatever scale the "
         "solver leaves the factors in, the table is approximately W·diag(d)·H, and columns of W "
         "and rows of H sum to 1.")},
    {"sweep",
     PARAGRAPHS(
         "Tries several numbers of topics and says what speaks for each: whether the topics "
         "are found again in samples of the documents, how well tokens that were held out "
         "are predicted, coherence, exclusivity, diversity, consensus; and recommends, in "
         "words, the numbers worth looking at. Nobody can name the right one.",
         "With -o the tables, a chart and the finished values are kept, and --resume goes on "
         "from them. fit -k auto takes the first recommendation. The documentation has a "
         "chapter on reading it, choosing-k.")},
    {"baselines",
     PARAGRAPHS(
         "Reads and weighs CORPUS as fit does, finds topics in it by NMF, PLSA, spherical k-means "
         "and "
         "anchor words, and dimensions by SVD and LSA, all of one matrix, and prints a row for "
         "each: "
         "objective, error, coherence, agreement with labels if there are any (--labels, or a "
         "column "
         "of the documents' own metadata with --label-column), sparseness and processor time.",
         "With --convergence the solvers of NMF run from one start instead, and what is shown is "
         "how "
         "fast each comes down: for people when little of the way is left, as CSV or JSON every "
         "pass, with -o as a picture. fit --method makes a model, or tables, of one method "
         "alone.")},
    {"topics",
     PARAGRAPHS("Shows the topics of a model: number, label, share of the documents, words. With "
                "--topic, the words of one. With --over-time or --by, how much there is of each "
                "in stretches of time, or in the documents of each value of a column of metadata; "
                "as CSV or JSON these are the rows of tables/topic_time.csv and topic_groups.csv.",
                "Labels are those of MODEL/labels.csv, which is yours to edit.")},
    {"docs",
     PARAGRAPHS("Shows the documents of a model with their main topics; with --topic the documents "
                "that show one best; with DOCUMENT the mixture of one, its largest share first.")},
    {"explain",
     PARAGRAPHS(
         "Shows one document of a model as a sum of weighted topics: how much of the document "
         "each accounts for and by which words, and what is left over: words that the "
         "document has more often than its topics say (+), or less (−). Of a model of a "
         "table, one item as a sum of factors.",
         "Parts are of the document as the model weighs it; as CSV or JSON they are in these "
         "units, with the value that the document itself has.")},
    {"predict",
     PARAGRAPHS(
         "Says what the factors of a table give for cells that are not known: of each item, or "
         "of one with --row, the largest predictions first. They are kept in the range of the "
         "known values, or in that of --clip; low and high are the least and the largest "
         "of all starts that ended about as low, as they are.",
         "A prediction is marked as not determined if its row or column has fewer known cells "
         "than there are factors, or if these starts disagree by more than a tenth of the "
         "range: then the data do not say what it is. --restarts of factor makes starts to "
         "compare.")},
    {"infer",
     PARAGRAPHS("Finds the mixture of a model's topics that describes each document of CORPUS "
                "best. Words, weights and topics are those of the model; words that it does not "
                "have are counted. The documents of which a model was made get just the mixtures "
                "they have in it.",
                "With -o the mixtures are written into a directory; otherwise they are printed.")},
    {"check",
     PARAGRAPHS("Reads CORPUS as fit would and says what it found: documents, formats, encodings, "
                "scripts, what was skipped or repaired and why, words that stop list and limits "
                "take out, dates and metadata, and what a fit would need. Nothing is written.")},
    {"tokens",
     PARAGRAPHS("Prints the words of a text, one a line, as the options cut it: for trying out "
                "patterns and rules.")},
    {"compare",
     PARAGRAPHS("Lays the topics of two models beside each other, which may have different words, "
                "documents and numbers of topics: which topic is which, words gained and lost, "
                "topics that were split or merged, are new or have vanished, and the documents "
                "that moved. They may be the same run twice, runs with other options, or models of "
                "texts of different years.",
                "Topics are matched so that the sum of the similarities of all pairs is largest; "
                "those below --min-similarity have nothing to do with each other. With -o the "
                "tables are written into a directory.")},
    {"eval",
     PARAGRAPHS("Says how far a model's topics agree with labels that people gave the documents: "
                "purity, normalised mutual information, adjusted Rand index, and a table of topics "
                "and labels. Labels are a column of the model's own metadata, or of a table of "
                "--labels.",
                "Where most of a topic's documents have one label, it is suggested as the topic's "
                "name; -o writes these as a labels.csv.")},
    {"report",
     PARAGRAPHS("Writes a model as one page of HTML, which needs nothing else: any browser shows "
                "it from a file, without network, and it can be sent on. It has the topics with "
                "their words and documents, a search through the documents, topics over time and "
                "by group, how topics are alike, how good they are and how they were found; "
                "without a browser's script, the table of topics. fit writes the same page as "
                "report.html into the model's directory, and so does factor.",
                "Names and notes that topics get in the page can be saved from it as a labels.csv; "
                "--labels takes them into a page that is written anew, and in place of "
                "MODEL/labels.csv they are read by every command.",
                "With --text none there is nothing of the texts in the page but the documents' "
                "names, titles and metadata, and the words of the model. With --text excerpts or "
                "full it has more than the model: --corpus, what the model was made of, is read "
                "again, and each document must be as it was then. Words of the model are shown in "
                "the colour of the topic that they most probably speak of.")},
    {"export",
     PARAGRAPHS("Writes a model in the formats of other programs, several at once: tables for "
                "spreadsheets (csv, excel-csv, xlsx), a database with keys, indexes and views "
                "(sqlite), matrices (npz, mm), files as MALLET writes them (mallet), what "
                "pyLDAvis.prepare takes (ldavis), and tables as tidytext has them (tidytext). The "
                "same number is the same in all of them.",
                "Labels of MODEL/labels.csv come along. What is written is whole or not there.")},
    {"completions",
     PARAGRAPHS("Prints what a shell needs to complete commands, options and their values. "
                "Installing the program installs them; otherwise, for one session: "
                "source <(themata completions bash).")},
    {"manual",
     PARAGRAPHS("Prints the manual page of a command, or of the program, in the language of "
                "man(7). Installing the program installs the pages; without that, "
                "themata manual fit | man -l - shows one.")},
    {NULL, NULL},
};
