package dev.bailey.engine.firewall;

import dev.bailey.engine.firewall.RuleSet.BaseChain;
import dev.bailey.engine.firewall.RuleSet.Ownership;
import dev.bailey.engine.firewall.RuleSet.Rule;
import dev.bailey.engine.firewall.RuleSet.TableId;
import java.util.Optional;

/**
 * One change to a rule set. A list of them is meant for one nftables batch, which the kernel applies as a whole or not
 * at all; each change is something the kernel takes at its place in the list.
 */
public sealed interface Change {
    /** The table that is changed. */
    TableId table();

    /**
     * Makes a table without anything in it.
     *
     * @param table its id
     * @param ownership who writes into it
     */
    record AddTable(TableId table, Ownership ownership) implements Change {}

    /**
     * Removes a table with all that is in it.
     *
     * @param table its id
     */
    record RemoveTable(TableId table) implements Change {}

    /**
     * Makes a chain without rules.
     *
     * @param table its table
     * @param chain its name
     * @param base how packets come to it, when not by a jump
     */
    record AddChain(TableId table, String chain, Optional<BaseChain> base) implements Change {}

    /**
     * Removes a chain without rules, to which nothing jumps.
     *
     * @param table its table
     * @param chain its name
     */
    record RemoveChain(TableId table, String chain) implements Change {}

    /**
     * Adds a rule behind those the chain has.
     *
     * @param table the chain's table
     * @param chain the chain's name
     * @param rule the rule
     */
    record AddRule(TableId table, String chain, Rule rule) implements Change {}

    /**
     * Removes all rules of a chain.
     *
     * @param table the chain's table
     * @param chain the chain's name
     */
    record ClearRules(TableId table, String chain) implements Change {}

    /**
     * Makes a map without elements.
     *
     * @param table its table
     * @param map its name
     * @param keyType the type of all its keys
     */
    record AddMap(TableId table, String map, Key.Type keyType) implements Change {}

    /**
     * Removes a map without elements, which no rule asks.
     *
     * @param table its table
     * @param map its name
     */
    record RemoveMap(TableId table, String map) implements Change {}

    /**
     * Adds an element to a map that has none with this key.
     *
     * @param table the map's table
     * @param map the map's name
     * @param key the key
     * @param verdict what becomes of packets with it
     */
    record AddElement(TableId table, String map, Key key, Verdict verdict) implements Change {}

    /**
     * Removes an element from a map.
     *
     * @param table the map's table
     * @param map the map's name
     * @param key the key
     * @param verdict the verdict that the element has
     */
    record RemoveElement(TableId table, String map, Key key, Verdict verdict) implements Change {}

    /**
     * Makes a map of ports without elements.
     *
     * @param table its table
     * @param map which one
     */
    record AddPortMap(TableId table, PortMap map) implements Change {}

    /**
     * Removes a map of ports with its elements, which no rule asks.
     *
     * @param table its table
     * @param map which one
     */
    record RemovePortMap(TableId table, PortMap map) implements Change {}
}
