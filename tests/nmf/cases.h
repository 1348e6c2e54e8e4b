/* The tables of corpora/cases that KL-NMF is tested on, as words × documents. */
#ifndef THEMATA_TESTS_NMF_CASES_H
#define THEMATA_TESTS_NMF_CASES_H

/* speeches.csv transposed: labour, energy, market, employment in speeches 1 to 5. */
static const double speeches[4 * 5] = {
    36, 4,  9,  17, 0,  //
    3,  34, 65, 3,  14, //
    45, 23, 11, 3,  7,  //
    54, 31, 0,  0,  4,  //
};

/* films.csv transposed: five films rated by Joe, Jim, John, Jack, Jill, Jenny, Jane. */
static const double films[5 * 7] = {
    1, 3, 4, 5, 0, 0, 0, //
    1, 3, 4, 5, 0, 0, 0, //
    1, 3, 4, 5, 0, 0, 0, //
    0, 0, 0, 0, 4, 5, 2, //
    0, 0, 0, 0, 4, 5, 2, //
};

/* three.csv. */
static const double three[3 * 3] = {
    4, 0, 2, //
    0, 3, 1, //
    2, 1, 3, //
};

#endif
