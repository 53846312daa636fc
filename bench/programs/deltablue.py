"""An incremental solver of one-way constraints with strengths."""

REQUIRED, STRONG, MEDIUM, WEAK, WEAKEST = range(5)
NONE, FORWARD, BACKWARD = 0, 1, -1


class Variable:
    def __init__(self, name, value=0):
        self.name = name
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.mark = 0
        self.strength = WEAKEST
        self.stay = True


class Constraint:
    def __init__(self, strength):
        self.strength = strength

    def add(self, planner):
        for v in self.variables():
            v.constraints.append(self)
        self.clear()
        planner.incremental_add(self)

    def destroy(self, planner):
        if self.satisfied():
            planner.incremental_remove(self)
        else:
            self.leave()

    def leave(self):
        for v in self.variables():
            v.constraints.remove(self)

    def satisfy(self, mark, planner):
        self.choose(mark)
        if not self.satisfied():
            if self.strength == REQUIRED:
                raise RuntimeError("a required constraint could not be satisfied")
            return None
        for v in self.inputs():
            v.mark = mark
        out = self.output()
        overridden = out.determined_by
        if overridden is not None:
            overridden.clear()
        out.determined_by = self
        if not planner.propagate(self, mark):
            raise RuntimeError("a cycle of constraints")
        out.mark = mark
        return overridden

    def is_input(self):
        return False

    def inputs_known(self, mark):
        return all(v.mark == mark or v.stay or v.determined_by is None for v in self.inputs())


class Unary(Constraint):
    def __init__(self, variable, strength, planner):
        super().__init__(strength)
        self.variable = variable
        self.on = False
        self.add(planner)

    def variables(self):
        return (self.variable,)

    def inputs(self):
        return ()

    def output(self):
        return self.variable

    def clear(self):
        self.on = False

    def satisfied(self):
        return self.on

    def choose(self, mark):
        v = self.variable
        self.on = v.mark != mark and self.strength < v.strength

    def recalculate(self):
        self.variable.strength = self.strength
        self.variable.stay = not self.is_input()
        if self.variable.stay:
            self.execute()

    def execute(self):
        pass


class Stay(Unary):
    pass


class Edit(Unary):
    def is_input(self):
        return True


class Binary(Constraint):
    def __init__(self, a, b, strength, planner):
        super().__init__(strength)
        self.a = a
        self.b = b
        self.direction = NONE
        self.add(planner)

    def variables(self):
        return (self.a, self.b)

    def inputs(self):
        return (self.a,) if self.direction == FORWARD else (self.b,)

    def source(self):
        return self.a if self.direction == FORWARD else self.b

    def output(self):
        return self.b if self.direction == FORWARD else self.a

    def clear(self):
        self.direction = NONE

    def satisfied(self):
        return self.direction != NONE

    def choose(self, mark):
        a, b, s = self.a, self.b, self.strength
        if a.mark == mark:
            self.direction = FORWARD if b.mark != mark and s < b.strength else NONE
        elif b.mark == mark:
            self.direction = BACKWARD if s < a.strength else NONE
        elif a.strength > b.strength:
            self.direction = BACKWARD if s < a.strength else NONE
        else:
            self.direction = FORWARD if s < b.strength else NONE

    def recalculate(self):
        source, out = self.source(), self.output()
        out.strength = max(self.strength, source.strength)
        out.stay = source.stay
        if out.stay:
            self.execute()


class Equal(Binary):
    def execute(self):
        self.output().value = self.source().value


class Scale(Binary):
    def __init__(self, a, scale, offset, b, strength, planner):
        self.scale = scale
        self.offset = offset
        super().__init__(a, b, strength, planner)

    def variables(self):
        return (self.a, self.b, self.scale, self.offset)

    def inputs(self):
        return (self.source(), self.scale, self.offset)

    def execute(self):
        if self.direction == FORWARD:
            self.b.value = self.a.value * self.scale.value + self.offset.value
        else:
            self.a.value = (self.b.value - self.offset.value) // self.scale.value

    def recalculate(self):
        source, out = self.source(), self.output()
        out.strength = max(self.strength, source.strength)
        out.stay = source.stay and self.scale.stay and self.offset.stay
        if out.stay:
            self.execute()


class Planner:
    def __init__(self):
        self.mark = 0

    def new_mark(self):
        self.mark += 1
        return self.mark

    def incremental_add(self, constraint):
        mark = self.new_mark()
        overridden = constraint.satisfy(mark, self)
        while overridden is not None:
            overridden = overridden.satisfy(mark, self)

    def incremental_remove(self, constraint):
        out = constraint.output()
        constraint.clear()
        constraint.leave()
        unsatisfied = self.remove_from(out)
        for strength in range(WEAKEST):
            for c in unsatisfied:
                if c.strength == strength:
                    self.incremental_add(c)

    def remove_from(self, out):
        out.determined_by = None
        out.strength = WEAKEST
        out.stay = True
        unsatisfied = []
        todo = [out]
        while todo:
            v = todo.pop()
            for c in v.constraints:
                if not c.satisfied():
                    unsatisfied.append(c)
            determining = v.determined_by
            for c in v.constraints:
                if c is not determining and c.satisfied():
                    c.recalculate()
                    todo.append(c.output())
        return unsatisfied

    def make_plan(self, sources):
        mark = self.new_mark()
        plan = []
        todo = list(sources)
        while todo:
            c = todo.pop()
            if c.output().mark != mark and c.inputs_known(mark):
                plan.append(c)
                c.output().mark = mark
                self.consuming(c.output(), todo)
        return plan

    def plan_for(self, constraints):
        return self.make_plan([c for c in constraints if c.is_input() and c.satisfied()])

    def propagate(self, constraint, mark):
        todo = [constraint]
        while todo:
            c = todo.pop()
            if c.output().mark == mark:
                self.incremental_remove(constraint)
                return False
            c.recalculate()
            self.consuming(c.output(), todo)
        return True

    def consuming(self, variable, into):
        determining = variable.determined_by
        for c in variable.constraints:
            if c is not determining and c.satisfied():
                into.append(c)


def change(planner, variable, value):
    edit = Edit(variable, STRONG, planner)
    plan = planner.plan_for([edit])
    for _ in range(10):
        variable.value = value
        for c in plan:
            c.execute()
    edit.destroy(planner)


def chain_test(n):
    planner = Planner()
    variables = [Variable(f"v{i}") for i in range(n + 1)]
    for a, b in zip(variables, variables[1:]):
        Equal(a, b, REQUIRED, planner)
    Stay(variables[-1], MEDIUM, planner)
    edit = Edit(variables[0], STRONG, planner)
    plan = planner.plan_for([edit])
    for i in range(100):
        variables[0].value = i
        for c in plan:
            c.execute()
        assert variables[-1].value == i
    edit.destroy(planner)
    return variables[-1].value


def projection_test(n):
    planner = Planner()
    scale, offset = Variable("scale", 10), Variable("offset", 1000)
    outs = []
    for i in range(n):
        source, out = Variable(f"s{i}", i), Variable(f"d{i}", i)
        outs.append(out)
        Stay(source, MEDIUM, planner)
        Scale(source, scale, offset, out, REQUIRED, planner)
    change(planner, source, 17)
    assert out.value == 1170
    change(planner, out, 1050)
    assert source.value == 5
    change(planner, scale, 5)
    change(planner, offset, 2000)
    return sum(v.value for v in outs)


for _ in range(52):
    a = chain_test(1200)
    b = projection_test(1200)
print(a, b)
