package dev.bailey.engine.ipam;

import java.util.Arrays;

/**
 * A set of small numbers that finds the next number not in it without walking over those that are: 4096 numbers make a
 * page, a page exists from its first member on, and a bit per page tells the full ones. A search looks at 64 words of a
 * page and at a word for every 262144 numbers; a set over 2^24 numbers with few members takes some kilobytes.
 */
final class AddressBitmap {
    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_BITS = 1 << PAGE_SHIFT;
    private static final int NONE = -1;

    private final int size;
    private final long[][] pages;
    private final int[] membersOfPage;
    private final long[] fullPages;

    /**
     * An empty set.
     *
     * @param size the numbers go from 0 to {@code size - 1}
     */
    AddressBitmap(int size) {
        this.size = size;
        int pageCount = (size + PAGE_BITS - 1) >>> PAGE_SHIFT;
        this.pages = new long[pageCount][];
        this.membersOfPage = new int[pageCount];
        this.fullPages = new long[(pageCount + Long.SIZE - 1) / Long.SIZE];
    }

    boolean contains(int number) {
        long[] page = pages[number >>> PAGE_SHIFT];
        return page != null && (page[word(number)] & bit(number)) != 0;
    }

    /** Adds a number that is not in the set. */
    void add(int number) {
        int pageNumber = number >>> PAGE_SHIFT;
        long[] page = pages[pageNumber];
        if (page == null) {
            page = new long[PAGE_BITS / Long.SIZE];
            pages[pageNumber] = page;
        }
        page[word(number)] |= bit(number);
        if (++membersOfPage[pageNumber] == capacity(pageNumber)) {
            fullPages[pageNumber / Long.SIZE] |= 1L << pageNumber;
        }
    }

    /** Removes a number that is in the set. */
    void remove(int number) {
        int pageNumber = number >>> PAGE_SHIFT;
        pages[pageNumber][word(number)] &= ~bit(number);
        membersOfPage[pageNumber]--;
        fullPages[pageNumber / Long.SIZE] &= ~(1L << pageNumber);
    }

    /** The smallest number from {@code from} on that is not in the set, or -1. */
    int nextAbsent(int from) {
        if (from >= size) {
            return NONE;
        }
        int page = from >>> PAGE_SHIFT;
        int found = nextAbsentInPage(page, from);
        if (found != NONE) {
            return found;
        }
        int next = nextClear(fullPages, page + 1, pages.length);
        return next == NONE ? NONE : nextAbsentInPage(next, next << PAGE_SHIFT);
    }

    private int nextAbsentInPage(int pageNumber, int from) {
        long[] page = pages[pageNumber];
        if (page == null) {
            return from;
        }
        int start = pageNumber << PAGE_SHIFT;
        int found = nextClear(page, from - start, capacity(pageNumber));
        return found == NONE ? NONE : start + found;
    }

    private int capacity(int pageNumber) {
        return Math.min(PAGE_BITS, size - (pageNumber << PAGE_SHIFT));
    }

    /** The first zero bit at {@code from} or after it, below {@code limit}. */
    private static int nextClear(long[] words, int from, int limit) {
        for (int i = from / Long.SIZE; i < words.length; i++) {
            long clear = ~words[i];
            if (i == from / Long.SIZE) {
                clear &= -1L << from;
            }
            if (clear != 0) {
                int found = i * Long.SIZE + Long.numberOfTrailingZeros(clear);
                return found < limit ? found : NONE;
            }
        }
        return NONE;
    }

    private static int word(int number) {
        return (number & PAGE_BITS - 1) / Long.SIZE;
    }

    private static long bit(int number) {
        return 1L << number;
    }

    @Override
    public String toString() {
        return "AddressBitmap of " + Arrays.stream(membersOfPage).sum() + " in " + size;
    }
}
