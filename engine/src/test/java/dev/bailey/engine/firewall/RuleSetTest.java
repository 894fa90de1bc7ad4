package dev.bailey.engine.firewall;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bailey.engine.firewall.Action.Decide;
import dev.bailey.engine.firewall.Action.LookUp;
import dev.bailey.engine.firewall.Action.Selector;
import dev.bailey.engine.firewall.RuleSet.BaseChain;
import dev.bailey.engine.firewall.RuleSet.Chain;
import dev.bailey.engine.firewall.RuleSet.ChainType;
import dev.bailey.engine.firewall.RuleSet.Family;
import dev.bailey.engine.firewall.RuleSet.Hook;
import dev.bailey.engine.firewall.RuleSet.Ownership;
import dev.bailey.engine.firewall.RuleSet.Rule;
import dev.bailey.engine.firewall.RuleSet.Table;
import dev.bailey.engine.firewall.RuleSet.TableId;
import dev.bailey.engine.firewall.RuleSet.VerdictMap;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tables that the kernel would refuse cannot be made. */
class RuleSetTest {
    private static final TableId ID = new TableId(Family.INET, "t");
    private static final Key INTERFACE = new Key.Interface(new InterfaceName("eth0"));
    private static final Verdict ACCEPT = new Verdict.Accept();

    @Test
    void table_danglingOrWrongReference_refused() {
        Chain base = new Chain("b", Optional.of(new BaseChain(ChainType.FILTER, Hook.FORWARD, 0)), List.of());
        VerdictMap map = map(Key.Type.INTERFACE, Map.of());

        refused("it has no chain x", List.of(chain(new Decide(new Verdict.Jump("x")))), List.of());
        refused(
                "it has no chain x",
                List.of(),
                List.of(map(Key.Type.INTERFACE, Map.of(INTERFACE, new Verdict.GoTo("x")))));
        refused(
                "b is a base chain: nobody can jump to it",
                List.of(base, chain(new Decide(new Verdict.Jump("b")))),
                List.of());
        refused("it has no map m", List.of(chain(new LookUp(Selector.INPUT_INTERFACE, "m"))), List.of());
        refused(
                "map m cannot be asked for ip saddr",
                List.of(chain(new LookUp(Selector.SOURCE_ADDRESS, "m"))),
                List.of(map));
    }

    @Test
    void table_elementsThatDoNotFit_refused() {
        refused(
                "map m cannot have the key \"eth0\"",
                List.of(),
                List.of(map(Key.Type.SUBNET, Map.of(INTERFACE, ACCEPT))));
        refused(
                "keys 10.0.0.0/8 and 10.1.0.0/16 of map m overlap",
                List.of(),
                List.of(map(
                        Key.Type.SUBNET, Map.of(addresses("10.1.0.0/16"), ACCEPT, addresses("10.0.0.0/8"), ACCEPT))));
    }

    @Test
    void table_twoOfOneName_refused() {
        Chain chain = chain(new Decide(ACCEPT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Table.of(ID, Ownership.ENGINE, List.of(chain, chain), List.of()))
                .withMessage("two have the name c");
    }

    private static void refused(String message, List<Chain> chains, List<VerdictMap> maps) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Table.of(ID, Ownership.ENGINE, chains, maps))
                .withMessage("table t: " + message);
    }

    private static Chain chain(Action action) {
        return new Chain("c", Optional.empty(), List.of(new Rule(List.of(), false, action, "")));
    }

    private static VerdictMap map(Key.Type type, Map<Key, Verdict> elements) {
        return new VerdictMap("m", type, elements);
    }

    private static Key addresses(String subnet) {
        return new Key.Addresses(Subnet.parse(subnet));
    }
}
